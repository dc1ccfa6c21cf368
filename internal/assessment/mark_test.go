package assessment_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

const essay question.ID = "m.l.essay"

func written(text string) json.RawMessage {
	raw, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		panic(err)
	}
	return raw
}

// handIn answers a quiz by key but for the essay, which gets a text, and hands it in.
func (h *hall) handIn(t *testing.T, quiz curriculum.QuizSlug, text string) assessment.AttemptID {
	t.Helper()
	id := h.start(t, quiz)
	var events []assessment.Event
	for i, q := range h.Catalogue.Questions() {
		response := question.Key(q)
		if q.ID == essay {
			response = written(text)
		}
		events = append(events, event(i+1, assessment.EventAnswer, q.ID, response, time.Second))
	}
	_, err := h.send(t.Context(), id, phone, append(events, submit(len(events)+1))...)
	must(t, err)
	return id
}

func (h *hall) mark(t *testing.T, id assessment.AttemptID, known int, reason string, points ...int) error {
	t.Helper()
	return h.Mark(t.Context(), id, essay, assessment.Mark{Points: points, Comment: "Well seen.", Reason: reason, By: "boris"}, known)
}

func (h *hall) grades(t *testing.T, id assessment.AttemptID) []assessment.Grade {
	t.Helper()
	grades, err := h.Store.Grades(t.Context(), id)
	must(t, err)
	return grades
}

// TestAnEssayWaitsForItsMark: until it is marked nobody is told a score, a mark
// is graded at once, and another mark is another grade.
func TestAnEssayWaitsForItsMark(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.handIn(t, "m.exam", "First I would report it.")
	out, err := h.Outcome(t.Context(), anna, id)
	must(t, err)
	if out.Scored || out.Grade.Awaiting() != 1 || out.Grade.Points != 8 || out.Grade.MaxPoints != 9 || out.Grade.Passed || !out.Feedback[essay].Result.Awaiting {
		t.Errorf("before the mark the outcome is %+v", out.Grade)
	}
	offer, err := h.Offer(t.Context(), anna, "m.exam")
	must(t, err)
	if offer.Best != nil || offer.Passed || offer.Awaiting != 1 {
		t.Errorf("before the mark the quiz tells %+v", offer.Tally)
	}
	read, err := h.Essay(t.Context(), id, essay)
	must(t, err)
	if read.Text != "First I would report it." || len(read.Marks) != 0 || read.Question.MaxWords != 50 {
		t.Errorf("the marker reads %+v", read)
	}

	must(t, h.mark(t, id, 0, "", 1, 1))
	out, err = h.Outcome(t.Context(), anna, id)
	must(t, err)
	f := out.Feedback[essay]
	if !out.Scored || out.Grade.Awaiting() != 0 || out.Grade.Number != 2 || out.Grade.Reason != "mark" || out.Grade.Points < 8.66 || out.Grade.Points > 8.67 {
		t.Errorf("after the mark the grade is %+v", out.Grade)
	}
	if f.Comment != "Well seen." || len(f.Result.Parts) != 2 || f.Result.Parts[0].Points != 1 || f.Result.Correct {
		t.Errorf("after the mark the feedback is %+v", f)
	}

	wantCode(t, "Mark again without a reason", h.mark(t, id, 1, " ", 2, 1), "invalid")
	must(t, h.mark(t, id, 1, "I had overlooked the second half.", 2, 1))
	if grades := h.grades(t, id); len(grades) != 3 || grades[2].Points != 9 || grades[2].Reason != "mark_again" || !grades[2].Items[8].Correct && !grades[2].Passed {
		t.Errorf("after another mark the grades are %+v", grades)
	}
	found, err := h.Verify(t.Context(), id)
	must(t, err)
	if found.Problem() != nil {
		t.Errorf("the log with its marks does not verify: %v", found.Problem())
	}
}

// TestMarksThatDoNotFit are refused, and nothing changes.
func TestMarksThatDoNotFit(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	open := h.start(t, "m.window")
	_, err := h.send(t.Context(), open, phone, event(1, assessment.EventAnswer, essay, written("x"), time.Second))
	must(t, err)
	wantCode(t, "Mark of an open attempt", h.mark(t, open, 0, "", 1, 1), "not_found")
	blank := h.handIn(t, "m.pretest", " \n ")
	wantCode(t, "Mark of a blank answer", h.mark(t, blank, 0, "", 1, 1), "not_found")
	if g := h.grades(t, blank)[0]; g.Awaiting() != 0 || g.Points != 8 {
		t.Errorf("a blank answer is graded %+v", g)
	}
	id := h.handIn(t, "m.exam", "Text")
	for name, points := range map[string][]int{"too few": {1}, "too many": {1, 1, 1}, "more than there are": {3, 1}, "less than none": {-1, 1}, "none": nil} {
		wantCode(t, name, h.mark(t, id, 0, "", points...), "invalid")
	}
	long := assessment.Mark{Points: []int{1, 1}, Comment: strings.Repeat("ü", assessment.MaxComment+1), By: "boris"}
	wantCode(t, "a long comment", h.Mark(t.Context(), id, essay, long, 0), "invalid")
	wantCode(t, "Mark of another kind", h.Mark(t.Context(), id, "m.l.single", assessment.Mark{Points: []int{1}}, 0), "not_found")
	wantCode(t, "Mark of no attempt", h.Mark(t.Context(), "none", essay, assessment.Mark{Points: []int{1, 1}}, 0), "not_found")
	must(t, h.mark(t, id, 0, "", 0, 0))
	wantCode(t, "a mark by who knows of none", h.mark(t, id, 0, "", 2, 1), "marked_meanwhile")
	if n := len(h.grades(t, id)); n != 2 {
		t.Errorf("there are %d grades, want those of the submit and of one mark", n)
	}
}

// TestTwoMarkAtOnce: one of them is kept, the other is told.
func TestTwoMarkAtOnce(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.handIn(t, "m.exam", "Text")
	var group sync.WaitGroup
	failed := make([]error, 8)
	for i := range failed {
		group.Go(func() { failed[i] = h.mark(t, id, 0, "", 1, 0) })
	}
	group.Wait()
	kept := 0
	for _, err := range failed {
		if err == nil {
			kept++
			continue
		}
		wantCode(t, "a mark at once with another", err, "marked_meanwhile")
	}
	if kept != 1 || len(h.grades(t, id)) != 2 {
		t.Errorf("%d marks were kept in %d grades, want one in two", kept, len(h.grades(t, id)))
	}
}

// TestALateTextWaitsAnew: a mark is of the very text that was marked.
func TestALateTextWaitsAnew(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	_, err := h.send(t.Context(), id, phone, event(1, assessment.EventAnswer, essay, written("First."), time.Second))
	must(t, err)
	h.later(10*time.Minute + assessment.Grace + time.Millisecond)
	must(t, h.Expire(t.Context(), id))
	first, err := h.Essay(t.Context(), id, essay)
	must(t, err)
	must(t, h.mark(t, id, 0, "", 2, 1))
	_, err = h.send(t.Context(), id, phone, event(2, assessment.EventAnswer, essay, written("Second."), time.Minute))
	must(t, err)
	grades := h.grades(t, id)
	if g := grades[len(grades)-1]; len(grades) != 3 || g.Awaiting() != 1 || g.Points != 0 {
		t.Fatalf("after another text the grades are %+v", grades)
	}
	read, err := h.Essay(t.Context(), id, essay)
	must(t, err)
	if read.Text != "Second." || len(read.Marks) != 0 {
		t.Errorf("the marker reads %+v", read)
	}
	wantCode(t, "a mark of the text that was read before", h.Mark(t.Context(), id, essay, assessment.Mark{Points: []int{2, 1}, Of: first.Of}, 0), "marked_meanwhile")
	must(t, h.mark(t, id, 0, "", 1, 0))
	if g := h.grades(t, id)[3]; g.Awaiting() != 0 || g.Points < 0.33 || g.Points > 0.34 {
		t.Errorf("after its own mark the grade is %+v", g)
	}

	// The first text is there again: its mark is too, and it can be marked again.
	_, err = h.send(t.Context(), id, phone, event(3, assessment.EventAnswer, essay, written("First."), 2*time.Minute))
	must(t, err)
	if g := h.grades(t, id)[4]; g.Awaiting() != 0 || g.Points != 1 {
		t.Errorf("with the first text again the grade is %+v", g)
	}
	must(t, h.mark(t, id, 1, "Read again.", 1, 1))
	if g := h.grades(t, id)[5]; g.Points < 0.66 || g.Points > 0.67 {
		t.Errorf("marked again the grade is %+v", g)
	}
}

// TestMarksOutlastRulings: what a ruling judges again keeps its marks.
func TestMarksOutlastRulings(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.Rulings = h.store
	id := h.handIn(t, "m.exam", "Text")
	must(t, h.mark(t, id, 0, "", 2, 0))
	before := h.grades(t, id)[1]
	for _, of := range []question.ID{"m.l.single", essay} {
		i := slices.IndexFunc(before.Items, func(item assessment.ItemGrade) bool { return item.Question == of })
		for action, lost := range map[assessment.RulingAction]float64{assessment.Void: before.Items[i].Fraction, assessment.Restore: 0} {
			c := assessment.Candidate{Ruling: assessment.Ruling{ID: "r", Question: of, Version: before.Items[i].Version, Action: action, At: began}}
			v, err := h.Try(t.Context(), id, c)
			must(t, err)
			if off := v.After.Points - before.Points + lost; math.Abs(off) > 1e-9 || v.After.Awaiting() != 0 {
				t.Errorf("%s of %s gives %+v, want %g points less", action, of, v.After, lost)
			}
		}
	}
}

// TestAMarkAnswersForItself: a ruling that is not carried out yet is another grade,
// of its own, so that whom it concerns is counted and told.
func TestAMarkAnswersForItself(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.handIn(t, "m.exam", "Text")
	first := h.grades(t, id)[0]
	out := slices.IndexFunc(first.Items, func(item assessment.ItemGrade) bool { return item.Question == "m.l.single" })
	ruling := assessment.Ruling{ID: "r1", Question: "m.l.single", Version: first.Items[out].Version, Action: assessment.Void, Reason: "It asks two things.", By: "boris", At: began}
	h.Rulings = held{h.store, ruling}
	must(t, h.mark(t, id, 0, "", 2, 1))
	if g := h.grades(t, id)[1]; g.Reason != "mark" || g.MaxPoints != first.MaxPoints || g.Voided("m.l.single") {
		t.Errorf("the mark took credit for the ruling: %+v", g)
	}
	v, err := h.Try(t.Context(), id, assessment.Candidate{Ruling: ruling})
	must(t, err)
	if v.After.MaxPoints != first.MaxPoints-1 || v.After.Awaiting() != 0 {
		t.Errorf("the ruling gives %+v", v.After)
	}
}

// held holds a ruling that nobody has carried out.
type held struct {
	assessment.Rulings
	ruling assessment.Ruling
}

// HeldRulings gives it.
func (r held) HeldRulings(context.Context, []question.Version) (map[question.Version]assessment.Ruling, error) {
	return map[question.Version]assessment.Ruling{r.ruling.Version: r.ruling}, nil
}

// TestOnlyOwnAttemptsTellMarks: nobody else reads the comment.
func TestOnlyOwnAttemptsTellMarks(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.handIn(t, "m.exam", "Text")
	must(t, h.mark(t, id, 0, "", 2, 0))
	_, err := h.Outcome(t.Context(), identity.Actor{ID: "boris", Role: identity.Trainer}, id)
	wantCode(t, "another's outcome", err, "not_found")
}
