package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/identity"
)

// TestReviewIsBoundToItsVersion: an approval shows to trainees while the text is
// the one that was approved, can be taken back, and is lost with a change.
func TestReviewIsBoundToItsVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trainer, trainee := w.person("marta", identity.Trainer), w.person("amina", identity.Trainee)
	const lesson, subject = base + "/modules/ground/lessons/basics", base + "/reviews/ground.basics"
	shown := func() string {
		return decode[Lesson](w.call(http.MethodGet, lesson, trainee, nil).want(http.StatusOK)).Review
	}
	read := decode[Review](w.call(http.MethodGet, subject, trainer, nil).want(http.StatusOK))
	say := func(r RemarkRequest) answer { return w.call(http.MethodPost, subject, trainer, r) }

	say(RemarkRequest{Version: "another", Verdict: "approve"}).wantCode(http.StatusConflict, "version_changed")
	say(RemarkRequest{Version: read.Version, Verdict: "comment"}).wantCode(http.StatusUnprocessableEntity, "invalid")
	say(RemarkRequest{Version: read.Version, Verdict: "comment", Text: "a\x00b"}).wantCode(http.StatusUnprocessableEntity, "invalid")
	if shown() != "unreviewed" {
		t.Fatal("the lesson is approved before anybody approved it")
	}
	w.later(time.Minute)
	got := decode[Review](say(RemarkRequest{Version: read.Version, Verdict: "approve"}).want(http.StatusOK))
	again := decode[Review](say(RemarkRequest{Version: read.Version, Verdict: "approve"}).want(http.StatusOK))
	if diff := cmp.Diff(got, again); diff != "" || len(got.Approvals) != 1 || !got.Approved {
		t.Errorf("approving twice: %+v\n%s", got, diff)
	}
	if shown() != "approved" {
		t.Error("an approved lesson does not say so")
	}
	comment := RemarkRequest{Version: read.Version, Verdict: "comment", Quote: "Look twice.", Text: "Three times."}
	got = decode[Review](say(comment).want(http.StatusOK))
	want := []ReviewRemark{{Verdict: "comment", Reviewer: "marta", At: stamp(w.clock()), Quote: "Look twice.", Text: "Three times."}}
	if diff := cmp.Diff(want, got.Comments); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
	if got = decode[Review](say(RemarkRequest{Version: read.Version, Verdict: "withdraw"}).want(http.StatusOK)); got.Approved || shown() != "unreviewed" {
		t.Error("a withdrawn approval holds")
	}
	say(RemarkRequest{Version: read.Version, Verdict: "approve"}).want(http.StatusOK)

	// The same people and remarks, another text.
	w.catalogue.Modules[0].Lessons[0].Version = "changed"
	w.catalogue.Indexed()
	w.must(w.server.RefreshReviews(t.Context()))
	got = decode[Review](w.call(http.MethodGet, subject, trainer, nil).want(http.StatusOK))
	if len(got.Approvals)+len(got.Comments) != 0 || len(got.Earlier) != 4 || shown() != "unreviewed" {
		t.Errorf("after the text changed: %+v, shown as %s", got, shown())
	}
}

// TestReviewShowsTheWholeQuestion: a reviewer sees the key and every foreseen
// mistake of each kind of question.
func TestReviewShowsTheWholeQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trainer := w.person("marta", identity.Trainer)
	list := decode[ReviewList](w.call(http.MethodGet, base+"/reviews", trainer, nil).want(http.StatusOK))
	if len(list.Items) != len(w.catalogue.Subjects()) {
		t.Errorf("%d texts are listed, want %d", len(list.Items), len(w.catalogue.Subjects()))
	}
	for _, card := range list.Items {
		got := decode[Review](w.call(http.MethodGet, base+"/reviews/"+card.Subject, trainer, nil).want(http.StatusOK))
		if card.Kind != string(curriculum.SubjectQuestion) {
			continue
		}
		if q := got.Question; q == nil || !q.Feedback.Correct || len(q.Mistakes) == 0 || len(q.Outcomes) == 0 {
			t.Errorf("%s: %+v", card.Subject, got.Question)
		}
	}
}
