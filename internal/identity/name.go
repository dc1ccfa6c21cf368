package identity

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"muster/internal/errs"
)

// Locales are the languages a user may choose.
var Locales = []string{"en", "fr", "es", "ar", "ru", "zh"}

// FoldName gives the form in which usernames are compared: NFKC, case folded. A
// NUL, which PostgreSQL cannot look up, is replaced: no username has either.
func FoldName(username string) string {
	username = strings.ReplaceAll(username, "\x00", "\ufffd")
	return cases.Fold().String(norm.NFKC.String(strings.TrimSpace(username)))
}

// SearchForm gives the form in which names are searched: folded, without accents,
// so that "amelie" finds "Amélie".
func SearchForm(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(FoldName(text)))
}

// cleanUsername brings a username to NFC and allows 3 to 64 letters with their
// marks, digits, dots, hyphens, underscores, @ and plus, but not what erased
// people are called.
func cleanUsername(username string) (string, error) {
	username = norm.NFC.String(strings.TrimSpace(username))
	folded := FoldName(username)
	if n := utf8.RuneCountInString(folded); n < 3 || n > 64 {
		return "", errs.InvalidField("username", "Choose a username of 3 to 64 characters.")
	}
	if strings.HasPrefix(folded, erasedPrefix) {
		return "", errs.InvalidField("username", "Choose another username: this one is kept for people who were erased.")
	}
	return username, checkSpelling(folded)
}

// cleanName brings a person's name to NFC and refuses what would deceive or
// break a page: control and direction characters.
func cleanName(name string) (string, error) {
	name = strings.TrimSpace(norm.NFC.String(name))
	if n := utf8.RuneCountInString(name); n < 1 || n > 120 || len(name) > 480 {
		return "", errs.InvalidField("name", "Give a name of 1 to 120 characters.")
	}
	for _, r := range name {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return "", errs.InvalidField("name", "The name holds a character that cannot be shown.")
		}
	}
	return name, nil
}

// checkEmail allows one plain address, or none.
func checkEmail(email string) error {
	if email == "" {
		return nil
	}
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 254 || !strings.Contains(email[strings.LastIndex(email, "@")+1:], ".") {
		return errs.InvalidField("email", "Give an e-mail address such as amina@example.org, or leave it empty.")
	}
	return nil
}
