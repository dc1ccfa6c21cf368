package typeset

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestShapeEveryLetter holds each letter at each place in a word against the
// Unicode Character Database.
func TestShapeEveryLetter(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/arabic.txt")
	must(t, err)
	defer func() { must(t, file.Close()) }()
	tried, letters := 0, map[rune]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if fields[0] == "#" {
			continue
		}
		want, base := hexRune(t, fields[0]), ""
		for _, code := range fields[2:] {
			base += string(hexRune(t, code))
		}
		word, at := placed(base, fields[1])
		shaped, ok := shape([]rune(word))
		if !ok || shaped[at] != want {
			t.Errorf("shape(%q) = %U, %v, want %U at %d: %s", word, shaped, ok, want, at, fields[1])
		}
		if !Names[1].Has(want) {
			t.Errorf("the font has no %U (%s of %q)", want, fields[1], base)
		}
		letters[[]rune(base)[0]] = true
		tried++
	}
	if tried < 240 {
		t.Errorf("only %d forms were tried", tried)
	}
	for letter := range arabicForms {
		if !letters[letter] {
			t.Errorf("%q was not tried", letter)
		}
	}
}

// placed puts letters between two that reach them, or not.
func placed(letters, position string) (word string, at int) {
	switch position {
	case "final":
		return "ب" + letters, 1
	case "initial":
		return letters + "ب", 0
	case "medial":
		return "ب" + letters + "ب", 1
	}
	return letters, 0
}

func hexRune(t *testing.T, code string) rune {
	t.Helper()
	value, err := strconv.ParseInt(code, 16, 32)
	must(t, err)
	return rune(value)
}

func TestLine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, want string }{
		"Latin":                       {"Amina Diallo", "Amina Diallo"},
		"composed where it can be":    {"Zo\u0065\u0301", "Zoé"},
		"Arabic is seen from right":   {"علي", "\ufef2\ufee0\ufecb"},
		"vowel signs are left out":    {"عَلِيّ", "\ufef2\ufee0\ufecb"},
		"lam and alef melt":           {"سلام", "\ufee1\ufefc\ufeb3"},
		"a word joins nothing beyond": {"عبد الله", "\ufeea\ufee0\ufedf\ufe8d \ufeaa\ufe92\ufecb"},
		"a non-joiner parts":          {"می\u200cن", "\ufee5\ufbfd\ufee3"},
		"Latin in Arabic":             {"علي (Ali)", "(Ali) \ufef2\ufee0\ufecb"},
		"Arabic in Latin":             {"Ali (علي)", "Ali (\ufef2\ufee0\ufecb)"},
		"Chinese, rare characters":    {"朱镕基 喆堃", "朱镕基 喆堃"},
		"Ethiopic":                    {"ሀብታሙ", "ሀብታሙ"},
		"Vietnamese":                  {"Nguyễn Thị Ánh", "Nguyễn Thị Ánh"},
		"Devanagari needs more":       {"प्रकाश थापा", ""},
		"a letter without forms":      {"ځدران", ""},
		"no name":                     {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line, ok := Line(test.name)
			got := ""
			for _, r := range line {
				for _, c := range r.Text {
					if !r.Face.Has(c) {
						t.Errorf("%s has no %q", r.Face.Name, c)
					}
				}
				got += r.Text
			}
			if got != test.want || ok != (test.want != "") {
				t.Errorf("Line(%q) = %q, %v, want %q", test.name, got, ok, test.want)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
