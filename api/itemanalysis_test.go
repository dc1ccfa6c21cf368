package api

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/identity"
)

// TestItemAnalysis: trainees sit a check, a job looks at it, a trainer reads how
// it performs: the page, the file and the question say the same, and nobody is
// named.
func TestItemAnalysis(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const people = 7
	for i := range people {
		token := w.person(fmt.Sprintf("canary%d", i), identity.Trainee)
		a := w.start(token, "ground.check")
		var events []Event
		for k, q := range a.Questions {
			if k == 0 && i < 2 {
				continue // left open
			}
			events = append(events, w.rightAnswer(800+k, int64(len(events)+1), q.ID))
		}
		w.later(time.Minute)
		w.send(token, a.ID, deviceB, append(events, submitOf(890, int64(len(events)+1)))...).want(http.StatusOK)
		w.must(w.server.Analysis.Note(w.Context(), assessment.AttemptID(a.ID)))
	}
	w.must(w.server.Analysis.Analyse(w.Context(), "ground.check"))
	trainer := w.person("tessa", identity.Trainer)
	at := base + "/item-analysis"
	for _, role := range []identity.Role{identity.Trainee, identity.Coordinator} {
		w.call(http.MethodGet, at, w.person("other-"+string(role), role), nil).wantCode(http.StatusForbidden, "forbidden")
	}

	list := decode[AnalysedQuizList](w.call(http.MethodGet, at+"?sort=attempts&limit=1", trainer, nil).want(http.StatusOK))
	if len(list.Items) != 1 || list.Items[0].Quiz != "ground.check" || list.Items[0].Attempts != people || list.Total < 2 || list.NextCursor != "1" {
		t.Errorf("the list begins with %+v of %d, next %q", list.Items, list.Total, list.NextCursor)
	}
	w.call(http.MethodGet, at+"?cursor=x", trainer, nil).wantCode(http.StatusUnprocessableEntity, "invalid")

	reply := w.call(http.MethodGet, at+"/ground.check", trainer, nil).want(http.StatusOK)
	page := decode[QuizAnalysis](reply)
	if page.People != people || page.Test.Attempts != people || !page.Few || page.Revision != 1 || len(page.Items) == 0 || page.Model != nil {
		t.Errorf("the page is %+v", page)
	}
	missed := 0
	for _, item := range page.Items {
		if !item.Few || item.Facility == nil || item.Seconds == nil && item.Answered > 0 {
			t.Errorf("item %+v", item)
		}
		missed += item.Responses - item.Answered
	}
	if missed != 2 {
		t.Errorf("%d responses are missing, want 2", missed)
	}
	file := w.call(http.MethodGet, at+"/ground.check/report?format=csv", trainer, nil).want(http.StatusOK)
	w.wantSameFigures(page, string(file.raw))

	one := w.call(http.MethodGet, at+"/ground.check/items/"+page.Items[0].Question, trainer, nil).want(http.StatusOK)
	detail := decode[ItemAnalysis](one)
	if len(detail.Items) != 1 || detail.Items[0].Question != page.Items[0].Question || *detail.Items[0].Facility != *page.Items[0].Facility || len(detail.Items[0].Versions) != 1 || len(detail.Groups) != 5 {
		t.Errorf("the question is %+v", detail)
	}
	for _, raw := range [][]byte{reply.raw, file.raw, one.raw} {
		if strings.Contains(string(raw), "canary") {
			t.Errorf("somebody is named: %s", raw)
		}
	}
	w.call(http.MethodGet, at+"/ground.check/items/ground.basics.p1", trainer, nil).wantCode(http.StatusNotFound, "not_found")
	w.call(http.MethodGet, at+"/nothing", trainer, nil).wantCode(http.StatusNotFound, "not_found")
	none := decode[QuizAnalysis](w.call(http.MethodGet, at+"/ground.basics.practice?attempts=all", trainer, nil).want(http.StatusOK))
	if none.Test.Attempts != 0 || none.Revision != 0 || none.Which != "all" {
		t.Errorf("a quiz that nobody took: %+v", none)
	}
}

// wantSameFigures holds the file against the page.
func (w *world) wantSameFigures(page QuizAnalysis, file string) {
	w.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
	w.must(err)
	if len(rows) != len(page.Items)+1 {
		w.Fatalf("%d rows for %d items", len(rows), len(page.Items))
	}
	for r, item := range page.Items {
		cells := map[string]string{}
		for c, name := range rows[0] {
			cells[name] = rows[r+1][c]
		}
		for name, want := range map[string]*float64{"facility": item.Facility, "discrimination": item.Discrimination, "right_low": item.RightLow, "seconds": item.Seconds} {
			text := ""
			if want != nil {
				text = strconv.FormatFloat(*want, 'f', -1, 64)
			}
			if cells[name] != text {
				w.Errorf("%s of %s is %q in the file, %q on the page", name, item.Question, cells[name], text)
			}
		}
		if cells["question"] != item.Question || cells["responses"] != strconv.Itoa(item.Responses) {
			w.Errorf("row %v of item %+v", cells, item)
		}
	}
}
