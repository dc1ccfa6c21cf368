package interchange

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/question"
)

func TestCategories(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"$course$/top/Law/Arms": {"Law", "Arms"}, "$module$/Default for Q": {"Default for Q"}, "top/a": {"top", "a"},
		"a//b/c": {"a/b", "c"}, "": nil, " / ": nil, "$course$/top": {},
	} {
		if got := Categories(path); !cmp.Equal(got, want, cmpopts.EquateEmpty()) {
			t.Errorf("Categories(%q) = %q, want %q", path, got, want)
		}
	}
	if got := CategoryPath([]string{"a/b", "c"}); got != "a//b/c" {
		t.Errorf("CategoryPath = %q", got)
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	q := question.Question{Options: make([]question.Option, 2), Blanks: []question.Blank{{Accepted: []string{"a"}, Mistakes: make([]question.Mistake, 3)}}}
	item := Item{Question: q, Tags: []string{"a", "b"}}
	if got := item.Parts(); got != 9 {
		t.Errorf("Parts = %d, want 9", got)
	}
}
