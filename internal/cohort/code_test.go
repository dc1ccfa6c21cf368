package cohort

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCodes: a code has the printed form, none of the characters that are
// mistaken for others, all of those that are not, and never comes twice.
func TestCodes(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$`)
	seen := map[string]bool{}
	used := map[rune]int{}
	const codes = 5000
	for range codes {
		code := newCode()
		if !form.MatchString(code) || strings.ContainsAny(code, "01ILOU") {
			t.Fatalf("newCode = %q, want the form XXXX-XXXX", code)
		}
		if seen[code] {
			t.Fatalf("%s came twice", code)
		}
		seen[code] = true
		for _, r := range code {
			used[r]++
		}
	}
	for _, r := range codeAlphabet {
		if fair := codes * 8 / len(codeAlphabet); used[r] < fair*8/10 || used[r] > fair*12/10 {
			t.Errorf("%c stands in %d places, want about %d", r, used[r], fair)
		}
	}
}

// TestNormalCode: however somebody types a code from paper, it is the code.
func TestNormalCode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := newCode()
		var typed strings.Builder
		for _, r := range strings.ReplaceAll(code, "-", "") {
			letter := string(r)
			if rapid.Bool().Draw(t, "small") {
				letter = strings.ToLower(letter)
			}
			typed.WriteString(rapid.SampledFrom([]string{"", "", "", "-", " ", "\u00a0", " - "}).Draw(t, "between") + letter)
		}
		if got := NormalCode(typed.String()); got != code {
			t.Fatalf("NormalCode(%q) = %q, want %q", typed.String(), got, code)
		}
	})
	for _, typed := range []string{"", "abc", "abcdefghj", "abcd-efg0", "abcd-efg\x00", "日本é", "日本日本日本日本", "\xff\xff\xff\xffabcd"} {
		if got := NormalCode(typed); got != "" {
			t.Errorf("NormalCode(%q) = %q, want nothing", typed, got)
		}
	}
}

func TestValidDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": true, "2027-02-01": true, "2028-02-29": true, "2027-02-29": false, "2027-2-1": false, "01.02.2027": false, "2027-02-01T00:00:00Z": false, "soon": false,
	} {
		if got := validDate(text); got != want {
			t.Errorf("validDate(%q) = %t, want %t", text, got, want)
		}
	}
}
