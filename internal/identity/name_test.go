package identity

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/internal/errs"
)

func TestFoldName(t *testing.T) {
	t.Parallel()
	tests := map[string][2]string{
		"capitals":              {"Anna.B", "anna.b"},
		"spaces around":         {"  anna\t", "anna"},
		"composed or not":       {"rene\u0301", "ren\u00e9"},
		"full-width letters":    {"ＡＮＮＡ", "anna"},
		"a ligature":            {"ﬁona", "fiona"},
		"sharp s":               {"Groß", "gross"},
		"final sigma":           {"ΝΊΚΟΣ", "νίκοσ"},
		"Cyrillic stays itself": {"АННА", "анна"},
		"Arabic":                {"سلمى", "سلمى"},
		"a NUL":                 {"an\x00na", "an\ufffdna"},
	}
	for name, test := range tests {
		if got := FoldName(test[0]); got != test[1] {
			t.Errorf("%s: FoldName(%q) = %q, want %q", name, test[0], got, test[1])
		}
	}
}

// TestFoldedNamesStayFolded: else two accounts could be told apart or not by
// how often a name was folded. In the scripts of the languages on offer;
// x/text folds Cherokee to and fro.
func TestFoldedNamesStayFolded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{Han}\p{Nd}._@+-]{3,20}`).Draw(t, "name")
		if checkUsername(name) != nil {
			return // an accent that stands alone becomes a space with an accent, and is refused
		}
		once := FoldName(name)
		if twice := FoldName(once); twice != once {
			t.Fatalf("FoldName(%q) = %q, again %q", name, once, twice)
		}
		if upper := FoldName(strings.ToUpper(once)); isASCII(once) && upper != once {
			t.Fatalf("FoldName of %q in capitals = %q", once, upper)
		}
	})
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0 }

func TestCheckUsername(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name string
		ok   bool
	}{
		"three letters":       {"abc", true},
		"two":                 {"ab", false},
		"64":                  {strings.Repeat("a", 64), true},
		"65":                  {strings.Repeat("a", 65), false},
		"signs":               {"a.b-c_d@e+1", true},
		"Arabic":              {"محمد", true},
		"Chinese":             {"王小明", true},
		"accents":             {"rené", true},
		"of an erased person": {"Erased-1", false},
		"a space within":      {"an na", false},
		"only spaces":         {"     ", false},
		"a slash":             {"an/na", false},
		"markup":              {"<b>anna", false},
		"a line break":        {"an\nna", false},
		"a direction mark":    {"an\u202ena", false},
		"a zero-width joiner": {"an\u200dna", false},
		"no text":             {"an\xffna", false},
	}
	for what, test := range tests {
		err := checkUsername(test.name)
		if (err == nil) != test.ok || err != nil && errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: checkUsername(%q) = %v, want ok %t", what, test.name, err, test.ok)
		}
	}
}

func TestCleanName(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name, want string // "" = refused
	}{
		"as it is":             {"Anna Bergström", "Anna Bergström"},
		"spaces around":        {"  Anna ", "Anna"},
		"composed":             {"Rene\u0301", "Ren\u00e9"},
		"an apostrophe":        {"N’Golo O'Hara-Łęcki", "N’Golo O'Hara-Łęcki"},
		"nothing":              {"  ", ""},
		"120 characters":       {strings.Repeat("é", 120), strings.Repeat("é", 120)},
		"121 characters":       {strings.Repeat("é", 121), ""},
		"a line break":         {"Anna\nB", ""},
		"a direction override": {"Anna\u202eB", ""},
		"bytes that are none":  {"Anna\xff", ""},
	}
	for what, test := range tests {
		got, err := cleanName(test.name)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: cleanName(%q) = %q, %v, want %q", what, test.name, got, err, test.want)
		}
	}
}
