package curriculum

import (
	"strings"
	"testing"
)

// TestShownAsBefore: a quiz that says only when keys are released is the version
// that it always was, and shows its score at the end.
func TestShownAsBefore(t *testing.T) {
	t.Parallel()
	for _, release := range FeedbackPoints {
		quiz := Quiz{Slug: "m.check", Release: release}
		doc, version, err := EncodeQuiz(quiz)
		if err != nil || strings.Contains(string(doc), "Score") || strings.Contains(string(doc), "Correctness") || strings.Contains(string(doc), `"Feedback"`) {
			t.Errorf("the document of a quiz without them has the new fields: %s, %v", doc, err)
		}
		if want := (Showing{ReleaseSubmitted, release, release, release}); quiz.Shown() != want || !quiz.Shown().Ordered() {
			t.Errorf("Shown of release %s = %+v, want %+v", release, quiz.Shown(), want)
		}
		quiz.Score = ReleaseNever
		if _, other, err := EncodeQuiz(quiz); err != nil || other == version {
			t.Errorf("a quiz that hides its score has the version of one that shows it: %s, %v", other, err)
		}
	}
}

func TestOrdered(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		showing Showing
		want    bool
	}{
		"all at once":                   {Showing{ReleaseSubmitted, ReleaseImmediate, ReleaseImmediate, ReleaseImmediate}, true},
		"each later":                    {Showing{ReleaseSubmitted, ReleaseFinished, ReleaseClosed, ReleaseNever}, true},
		"score after what was right":    {Showing{ReleaseClosed, ReleaseSubmitted, ReleaseClosed, ReleaseClosed}, false},
		"score after what is immediate": {Showing{ReleaseFinished, ReleaseImmediate, ReleaseClosed, ReleaseClosed}, false},
		"reasons before what was right": {Showing{ReleaseSubmitted, ReleaseClosed, ReleaseSubmitted, ReleaseClosed}, false},
		"the key before reasons":        {Showing{ReleaseSubmitted, ReleaseSubmitted, ReleaseClosed, ReleaseSubmitted}, false},
	} {
		if got := tt.showing.Ordered(); got != tt.want {
			t.Errorf("%s: Ordered = %v, want %v", name, got, tt.want)
		}
	}
}
