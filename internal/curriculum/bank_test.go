package curriculum_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// These tests look at the real content of the repository.
const (
	contentDir = "../../content"
	sourcesDir = "../../../shared/sources" // beside the repository: not part of it
)

func TestContentIsClean(t *testing.T) {
	t.Parallel()
	_, findings, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestLengthDoesNotGiveTheKeyAway(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	report := curriculum.Coverage(c)
	for name, n := range map[string]int{"longest": report.KeyLongest, "shortest": report.KeyShortest} {
		share := 100 * float64(n) / float64(max(report.ChoiceItems, 1))
		t.Logf("the key is the %s option in %d of %d choice items: %.1f %%", name, n, report.ChoiceItems, share)
		if share > 30 {
			t.Errorf("the key is the %s option in %.1f %% of the choice items, want at most 30 %%", name, share)
		}
	}
}

// TestNeitherTrueNorFalsePays: in each pool statements are true about as often as
// false.
func TestNeitherTrueNorFalsePays(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	statements, right := map[question.Pool]int{}, map[question.Pool]int{}
	for _, q := range c.Questions() {
		if q.Kind != question.TrueFalse {
			continue
		}
		statements[q.Pool]++
		if *q.Truth {
			right[q.Pool]++
		}
	}
	for _, pool := range []question.Pool{question.Practice, question.Exam} {
		share := 100 * float64(right[pool]) / float64(max(statements[pool], 1))
		t.Logf("%d of %d statements of the %s pool are true: %.1f %%", right[pool], statements[pool], pool, share)
		if share < 40 || share > 60 {
			t.Errorf("%.1f %% of the statements of the %s pool are true, want 40 to 60 %%", share, pool)
		}
	}
}

// copiedRun is the number of words in a row that may not be the same as in a source.
const copiedRun = 8

func TestNoTextIsCopiedFromTheSources(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(sourcesDir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("skipped because the folder %s is absent: there is nothing to compare the content with", sourcesDir)
	}
	runs := map[string]string{} // run of words → file
	sources, err := filepath.Glob(sourcesDir + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) == 0 {
		t.Fatalf("%s holds no .txt file", sourcesDir)
	}
	for _, file := range sources {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		eachRun(string(text), func(run string) { runs[run] = filepath.Base(file) })
	}
	err = filepath.WalkDir(contentDir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".yaml" && filepath.Ext(file) != ".md" {
			return err
		}
		text, err := os.ReadFile(file)
		eachRun(citationAnchor.ReplaceAllString(string(text), ""), func(run string) {
			if source, ok := runs[run]; ok {
				t.Errorf("%s: %q is also in %s", file, run, source)
			}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// citationAnchor is what is kept word for word on purpose: titles and headings,
// by which readers find the passage.
var citationAnchor = regexp.MustCompile(`(?m)^ *(- )?(title|heading): .*$`)

// eachRun calls f with every run of copiedRun words of text, folded to lower case.
func eachRun(text string, f func(run string)) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i := 0; i+copiedRun <= len(words); i++ {
		f(strings.Join(words[i:i+copiedRun], " "))
	}
}

func TestEachRunSeesThroughCaseAndPunctuation(t *testing.T) {
	t.Parallel()
	var got []string
	eachRun("One, two three-four (five) SIX\nseven; eight 9.", func(run string) { got = append(got, run) })
	want := []string{"one two three four five six seven eight", "two three four five six seven eight 9"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("eachRun = %q, want %q", got, want)
	}
}
