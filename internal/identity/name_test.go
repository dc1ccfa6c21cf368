package identity

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
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
// how often a name was folded.
func TestFoldedNamesStayFolded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		script := rapid.SampledFrom([]string{
			"Latin", "Cyrillic", "Greek", "Arabic", "Han", "Devanagari", "Bengali", "Tamil", "Thai", "Khmer", "Ethiopic", "Hebrew", "Cherokee",
		}).Draw(t, "script")
		typed := rapid.StringMatching(`[\p{`+script+`}\p{Mn}\p{Nd}._@+-]{3,20}`).Draw(t, "name")
		name, err := cleanUsername(typed)
		if err != nil {
			return // an accent that stands alone becomes a space with an accent, and is refused
		}
		once := FoldName(typed)
		if twice := FoldName(once); twice != once || FoldName(name) != once {
			t.Fatalf("FoldName(%q) = %q, again %q, of the clean name %q", typed, once, twice, FoldName(name))
		}
		if again, err := cleanUsername(once); err != nil || FoldName(again) != once {
			t.Fatalf("cleanUsername of the folded %q = %q, %v", once, again, err)
		}
		if upper := FoldName(strings.ToUpper(once)); isASCII(once) && upper != once {
			t.Fatalf("FoldName of %q in capitals = %q", once, upper)
		}
	})
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0 }

func TestCleanUsername(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name string
		ok   bool
	}{
		"three letters":            {"abc", true},
		"two":                      {"ab", false},
		"64":                       {strings.Repeat("a", 64), true},
		"65":                       {strings.Repeat("a", 65), false},
		"signs":                    {"a.b-c_d@e+1", true},
		"Arabic":                   {"محمد", true},
		"Arabic with vowels":       {"مُحَمَّد", true},
		"Chinese":                  {"王小明", true},
		"Chinese and Latin":        {"王小明anna", true},
		"Japanese":                 {"さくらカタカナ桜", true},
		"accents":                  {"rené", true},
		"accents that stand out":   {"rene\u0301", true},
		"accents of no letter":     {"n\u0308guema", true},
		"Devanagari":               {"सलमा.क्षत्रिय", true},
		"Bengali":                  {"রহিম.উদ্দিন", true},
		"Tamil":                    {"கார்த்திக்", true},
		"Thai":                     {"สมชาย.ใจดี", true},
		"Khmer":                    {"សុខា", true},
		"Burmese":                  {"အောင်ဆန်း", true},
		"Amharic":                  {"አበበ", true},
		"Hebrew with points":       {"שָׁלוֹם", true},
		"a capital dotted İ":       {"İnci", true},
		"two alphabets, two words": {"анна.smith", true},
		"of an erased person":      {"Erased-1", false},
		"a space within":           {"an na", false},
		"only spaces":              {"     ", false},
		"a slash":                  {"an/na", false},
		"markup":                   {"<b>anna", false},
		"a line break":             {"an\nna", false},
		"a direction mark":         {"an\u202ena", false},
		"an Arabic letter mark":    {"an\u061cna", false},
		"a zero-width joiner":      {"an\u200dna", false},
		"a zero-width space":       {"an\u200bna", false},
		"a grapheme joiner":        {"an\u034fna", false},
		"a variation selector":     {"an\ufe0fna", false},
		"a Hangul filler":          {"an\u3164na", false},
		"an inherent vowel":        {"សុខ\u17b4", false},
		"a keycap":                 {"1\u20e3abc", false},
		"a stroke through":         {"d\u0335avid", false},
		"a mark at the start":      {"\u0301anna", false},
		"a mark after a sign":      {"anna.\u0301b", false},
		"a mark on a digit":        {"anna1\u0301", false},
		"four marks":               {"ab\u0300\u0316\u0317\u0318c", true},
		"five marks":               {"ab\u0300\u0316\u0317\u0318\u0319c", false},
		"a Cyrillic letter":        {"аnna", false},
		"a Greek letter":           {"annaο", false},
		"a Devanagari mark":        {"annaं", false},
		"no text":                  {"an\xffna", false},
	}
	for what, test := range tests {
		clean, err := cleanUsername(test.name)
		if (err == nil) != test.ok || err != nil && errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: cleanUsername(%q) = %v, want ok %t", what, test.name, err, test.ok)
		}
		if err == nil && (clean != norm.NFC.String(test.name) || FoldName(clean) != FoldName(test.name)) {
			t.Errorf("%s: cleanUsername(%q) = %q, want it in NFC", what, test.name, clean)
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
