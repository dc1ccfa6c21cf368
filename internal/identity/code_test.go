package identity

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/internal/errs"
)

// TestNewCode: a code has the printed form, none of the characters that are
// mistaken for others, all of those that are not, and never comes twice.
func TestNewCode(t *testing.T) {
	t.Parallel()
	for groups, form := range map[int]string{
		2: `^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$`, 3: `^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$`,
	} {
		printed := regexp.MustCompile(form)
		seen := map[string]bool{}
		used := map[rune]int{}
		const codes = 5000
		for range codes {
			code := NewCode(groups)
			if !printed.MatchString(code) || strings.ContainsAny(code, "01ILOU") {
				t.Fatalf("NewCode(%d) = %q, want the form %s", groups, code, form)
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
			if fair := codes * 4 * groups / len(codeAlphabet); used[r] < fair*8/10 || used[r] > fair*12/10 {
				t.Errorf("%c stands in %d places, want about %d", r, used[r], fair)
			}
		}
	}
}

// TestNormalCode: however somebody types a code from paper, it is the code.
func TestNormalCode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.IntRange(1, 4).Draw(t, "groups")
		code := NewCode(groups)
		var typed strings.Builder
		for _, r := range strings.ReplaceAll(code, "-", "") {
			letter := string(r)
			if rapid.Bool().Draw(t, "small") {
				letter = strings.ToLower(letter)
			}
			typed.WriteString(rapid.SampledFrom([]string{"", "", "", "-", " ", "\u00a0", " - "}).Draw(t, "between") + letter)
		}
		if got := NormalCode(typed.String(), groups); got != code {
			t.Fatalf("NormalCode(%q) = %q, want %q", typed.String(), got, code)
		}
		if got := NormalCode(typed.String(), groups+1); got != "" {
			t.Fatalf("NormalCode(%q) of one group more = %q, want nothing", typed.String(), got)
		}
	})
	for _, typed := range []string{"", "abc", "abcdefghj", "abcd-efg0", "abcd-efg\x00", "日本é", "日本日本日本日本", "\xff\xff\xff\xffabcd"} {
		if got := NormalCode(typed, 2); got != "" {
			t.Errorf("NormalCode(%q) = %q, want nothing", typed, got)
		}
	}
}

func TestCheckEmail(t *testing.T) {
	t.Parallel()
	for email, ok := range map[string]bool{
		"": true, "amina@example.org": true, "a.b+c@mail.example.org": true, "амина@пример.рф": true,
		"amina": false, "amina@": false, "@example.org": false, "amina@localhost": false, "Amina <amina@example.org>": false, "a@b.c, d@e.f": false,
		" amina@example.org": false, "amina@example.org\n": false, "amina@exam ple.org": false, strings.Repeat("a", 250) + "@b.org": false,
	} {
		if err := checkEmail(email); (err == nil) != ok || err != nil && errs.KindOf(err) != errs.Invalid {
			t.Errorf("checkEmail(%q) = %v, want ok %t", email, err, ok)
		}
	}
}
