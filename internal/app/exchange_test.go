package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/internal/bank"
	"muster/internal/store"
)

// TestQuestionFiles runs import and export as scripts do, and compares the exit
// codes and what is printed.
func TestQuestionFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("MUSTER_DATA", filepath.Join(dir, "data"))
	for name, text := range map[string]string{
		"good.gift": "First? {=a ~b}\n\nSecond? {T}\n", "partly.gift": "Third? {=a ~b}\n\nBroken {\n", "bad.gift": "Broken {\n", "none.txt": "no questions here",
		"hers.gift": "Hers? {=a ~b}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		args, out, err string // that the output contains
		code           int
	}{
		{"user add --username marta --name Marta --role trainer", "made trainer marta", "", 0},
		{"user add --username amina --name Amina", "made trainee amina", "", 0},
		{"import --dry-run good.gift", "good.gift:3: true_false: Second?\ngift: 2 questions would be kept as drafts, 0 there already, 0 refused\n", "", 0},
		{"import good.gift --tags mine,two", "gift: 2 questions kept as drafts, 0 there already, 0 refused\n", "", 0},
		{"import good.gift", "note: The bank has this question already", "", 0},
		{"import --format gift --pool exam partly.gift", "partly.gift:3: error: The answers have no closing brace", "1 questions of the file cannot be kept", 3},
		{"import bad.gift", "0 questions kept as drafts, 0 there already, 1 refused", "no question of the file can be kept", 1},
		{"import none.txt", "", "It cannot be told which format", 1},
		{"import none.gift", "", "There is no file none.gift", 1},
		{"import", "", "import takes one file", 2},
		{"import --format gift", "", "import takes one file", 2},
		{"import --lesson x good.gift", "", "module/lesson", 2},
		{"import --lesson x/y good.gift", "", "There is no such lesson", 1},
		{"import --by marta --pool exam hers.gift", "1 questions kept as drafts", "", 0},
		{"import --by amina hers.gift", "", "amina is no trainer or administrator", 1},
		{"import --by nobody hers.gift", "", "There is no account with this username", 1},
		{"import --colour good.gift", "", "flag provided but not defined", 2},
		{"import --help", "", "Exit codes: 0", 0},
		{"export --format gift --tag mine", "[markdown]First? {\n\t=a\n\t~b\n}", "wrote 2 questions, 0 left out", 0},
		{"export --format aiken --tag mine --out out.txt", "", "Aiken has no questions of the kind true_false", 3},
		{"export --format aiken --kind order", "", "the format can carry none of the questions", 1},
		{"export --format aiken --tag none", "", "no question fits", 1},
		{"export --format csv --examples", `"kind","question","answer"`, "wrote 9 questions", 0},
		{"export --format wav", "", "The format is one of", 1},
		{"export", "", "export takes --format", 2},
	}
	for _, test := range tests {
		var out, errOut bytes.Buffer
		code := Run(t.Context(), strings.Fields(test.args), &out, &errOut)
		if code != test.code || !strings.Contains(out.String(), test.out) || !strings.Contains(errOut.String(), test.err) {
			t.Errorf("muster %s = %d\n%s\n%s, want %d with %q and %q", test.args, code, out.String(), errOut.String(), test.code, test.out, test.err)
		}
	}
	wantAuthors(t, filepath.Join(dir, "data", "muster.db"), map[string]string{"hers": "Marta", "first": ""})
	if raw, err := os.ReadFile("out.txt"); err != nil || !strings.HasPrefix(string(raw), "First?\nA) a\n") {
		t.Errorf("out.txt = %q, %v", raw, err)
	}
}

// wantAuthors compares the names of those who wrote the questions that a word finds.
func wantAuthors(t *testing.T, database string, want map[string]string) {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Config{URL: database, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close(t.Context()) }() // it was only read
	for word, name := range want {
		page, err := kept.BankEntries(t.Context(), bank.Filter{Search: word, Origin: bank.Authored, Sort: "id", Limit: 1})
		if err != nil || len(page.Entries) != 1 || page.Entries[0].AuthorName != name {
			t.Errorf("%s = %+v, %v, want it by %q", word, page.Entries, err, name)
		}
	}
}
