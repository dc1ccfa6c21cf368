package curriculum_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"muster/internal/curriculum"

	"github.com/google/go-cmp/cmp"
)

const (
	module    = "modules/01-first/module.yaml"
	lesson    = "modules/01-first/lessons/01-basics.md"
	questions = "modules/01-first/questions/basics.yaml"
	article   = "sources/article.yaml"
)

// edit replaces the first old by new in a file; an empty old replaces the file.
type edit struct{ file, old, new string }

// small gives the content of testdata/small, which has no findings, with edits.
func small(tb testing.TB, edits ...edit) fstest.MapFS {
	tb.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("testdata/small")
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range edits {
		text := e.new
		if e.old != "" {
			before := string(files[e.file].Data)
			if !strings.Contains(before, e.old) {
				tb.Fatalf("%s does not hold %q", e.file, e.old)
			}
			text = strings.Replace(before, e.old, e.new, 1)
		}
		files[e.file] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func lines(findings []curriculum.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.String())
	}
	return out
}

func TestReadFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"sound content has none", nil, nil},
		{"a section must be used or left out for a reason", []edit{{"sources/article.yaml", "not_taught: It only repeats the facts.", ""}}, []string{
			"sources/article.yaml:13: warning: article#myths is used by no lesson and no question: use it, or say why under not_taught",
		}},
		{"what a lesson should have", []edit{
			{lesson, "common_mistakes: [Doing nothing.]\nsummary: In short.\n", ""},
			{lesson, "glossary: [mandate]", "glossary: []"},
			{lesson, "[mandate](glossary:mandate)", "mandate"},
			{lesson, "[](figure:steps)", "That is all."},
		}, []string{
			lesson + ":1: warning: common_mistakes: a lesson should have it",
			lesson + ":1: warning: glossary: a lesson should have it",
			lesson + ":1: warning: summary: a lesson should have it",
			module + ":1: warning: the module has no figure",
		}},
		{"Windows line ends are read", []edit{{lesson, "---\nslug", "---\r\nslug"}}, nil},
		{"every unknown key is reported", []edit{{"glossary.yaml", "see: []", "seen: [], also: 1, see: []"}}, []string{
			`glossary.yaml:3: error: unknown field "also"`,
			`glossary.yaml:3: error: unknown field "seen"`,
		}},
		{"a wrong type names its line", []edit{{questions, "difficulty: 1", "difficulty: easy"}}, []string{
			questions + ":4: error: p1: difficulty must be 1, 2 or 3",
			questions + ":8: error: the value here is a string, must be a int",
		}},
		{"broken YAML is one finding", []edit{{"glossary.yaml", "terms:", "terms: ["}}, []string{
			`glossary.yaml:1: error: sequence end token ']' not found`,
			lesson + ":1: error: glossary names \"mandate\", which does not exist",
			lesson + ":19: error: glossary:mandate does not exist",
		}},
		{"a list under another key", []edit{{"references.yaml", "references:", "authorities:"}}, []string{
			"corrections.yaml:2: error: references",
			lesson + ":1: error: references",
			lesson + ":19: error: reference:un-charter",
			lesson + ":23: error: reference:un-charter",
			"references.yaml:1: error: must hold one list under the key references",
		}},
		{"a duplicate id names the first", []edit{{questions, "- id: x2", "- id: x1"}}, []string{
			module + ":19: error: rules names \"first.basics.x2\", which does not exist",
			questions + ":123: error: first.basics.x1 is defined twice, first at " + questions + ":110",
		}},
		{"wrong enumerations", []edit{
			{article, "reliability: low", "reliability: poor"},
			{"corrections.yaml", "severity: C", "severity: D"},
			{module, "theme: mandatory", "theme: optional"},
			{"references.yaml", "kind: treaty", "kind: pact"},
		}, []string{
			"corrections.yaml:13: error: severity is \"D\", must be one of [A B C]",
			module + ":1: error: theme is \"optional\", must be one of [mandatory elective]",
			"references.yaml:2: error: kind is \"pact\", must be one of [treaty resolution report policy guideline manual study other]",
			article + ":1: error: reliability is \"poor\", must be one of [high medium low unverified]",
		}},
		{"a correction and its section must agree", []edit{{article, "corrections: [E-01]", "corrections: []"}}, []string{
			"corrections.yaml:2: error: E-01 names the section article#myths, which does not list it",
		}},
		{"dates have one form", []edit{{"corrections.yaml", "as_of: 2026-11-21", "as_of: November"}}, []string{
			"corrections.yaml:2: error: as_of is \"November\", must be a date such as 2026-11-21",
		}},
		{"a prerequisite must exist", []edit{{module, "prerequisites: []", "prerequisites: [zero]"}}, []string{
			module + ":1: error: prerequisites names \"zero\", which does not exist",
		}},
		{"a lesson without a file", []edit{{module, "lessons: [basics]", "lessons: [basics, more]"}}, []string{
			module + ":1: error: lesson more has no file in lessons/",
		}},
		{"a file without a lesson", []edit{{"modules/01-first/questions/stray.yaml", "", "lesson: stray\n"}}, []string{
			"modules/01-first/questions/stray.yaml:1: error: module.yaml does not name the lesson stray",
		}},
		{"a slug unlike its file", []edit{{lesson, "slug: basics", "slug: other"}}, []string{
			lesson + ":2: error: slug is \"other\", but the file is named \"basics\"",
		}},
		{"a lesson needs front matter", []edit{{lesson, "---\nslug", "slug"}}, []string{
			lesson + ":1: error: must start with front matter between two lines of ---",
			module + ":1: error: lessons are missing",
			module + ":1: warning: the module has no figure",
			module + ":1: warning: the module has no question of kind [single multiple true_false match order numeric cloze judgement]",
			module + ":9: error: rule 1 names the lesson \"basics\", which the module does not have",
			module + ":9: error: rule 2 draws 2 of 0 questions",
			module + ":9: error: rule 2 names the outcome \"first.basics.o1\", which does not exist",
			module + ":19: error: rules names \"first.basics.x1\", which does not exist",
			module + ":19: error: rules names \"first.basics.x2\", which does not exist",
			"sources/article.yaml:8: warning: article#facts is used by no lesson and no question",
		}},
		{"a rule that cannot be drawn after the rules before it", []edit{{module, "draw: 2", "draw: 3"}}, []string{
			module + ":9: error: rule 2 draws 3 of 6 questions, of which earlier rules may take 4",
		}},
		{"a rule for a lesson of nobody", []edit{{module, "lesson: basics", "lesson: nowhere"}}, []string{
			module + ":9: error: rule 1 names the lesson \"nowhere\", which the module does not have",
		}},
		{"marks in the body are looked up", []edit{
			{lesson, "glossary:mandate", "glossary:nothing"},
			{lesson, "source:article#facts", "source:article#nowhere"},
			{lesson, "correction:E-02", "correction:E-99"},
			{lesson, "practice:p1", "practice:x1"},
		}, []string{
			lesson + ":19: error: glossary:nothing does not exist",
			lesson + ":19: error: source:article#nowhere does not exist",
			lesson + ":23: error: correction:E-99 does not exist",
			lesson + ":25: error: practice:x1 is not a practice question of this lesson",
		}},
		{"marks in the body are named in the front matter", []edit{{lesson, "references: [un-charter]", "references: []"}}, []string{
			lesson + ":1: warning: references: a lesson should have it",
			lesson + ":19: warning: reference:un-charter is not named in the front matter",
			lesson + ":23: warning: reference:un-charter is not named in the front matter",
		}},
		{"what a body must not hold", []edit{
			{lesson, "The Council decides", "The <b>Council</b> [decides](mailto:x@y) ![x](y.png)"},
			{lesson, "## Who", "# Who"},
			{lesson, "[](practice:p1)", "Now [](practice:p1)"},
		}, []string{
			lesson + ":21: error: a body has ## sections",
			lesson + ":23: error: a link to \"mailto:x@y\" is not allowed",
			lesson + ":23: error: images are not allowed",
			lesson + ":23: error: raw HTML is not allowed",
			lesson + ":25: error: practice:p1 must stand alone in its paragraph",
		}},
		{"a severity-A section needs its correction in question and lesson", []edit{
			{lesson, "citations: [article#facts]", "citations: [article#facts, article#myths]"},
			{questions, "citations: [article#facts]", "citations: [article#myths]"},
		}, []string{
			lesson + ":1: warning: cites article#myths, which carries E-01 of severity A: name it under corrections",
			questions + ":4: error: p1 cites article#myths, which carries [E-01] of severity A, and names none of them",
			"sources/article.yaml:13: warning: article#myths says why it is not taught, but it is",
		}},
		{"a severity-A section with its correction is sound", []edit{
			{questions, "citations: [article#facts]", "citations: [article#myths]\n    corrections: [E-01]"},
			{"sources/article.yaml", "not_taught: It only repeats the facts.", ""},
		}, nil},
		{"too short, too few, too much alike", []edit{
			{lesson, "The patrol leader reads the order twice before the team moves out.", "Short."},
			{lesson, "## Worked example: the late report", "## Another"},
			{lesson, `bloom: remember}`, "bloom: remember}\n  - {id: o2, text: More., bloom: apply}"},
			{questions, "pool: practice", "pool: exam"},
			{lesson, "[](practice:p1)\n", ""},
		}, []string{
			lesson + ":1: warning: has 7 practice questions, should have 8",
			lesson + ":1: warning: has no section \"Worked example: …\"",
			lesson + ":8: warning: outcome first.basics.o2 has 0 questions, should have 3",
		}},
		{"ids have one form", []edit{
			{"corrections.yaml", "id: E-02", "id: 2"},
			{lesson, "corrections: [E-02]", "corrections: []"},
			{lesson, "[](correction:E-02)", ""},
			{"glossary.yaml", "id: consent", "id: Consent_1"},
			{"glossary.yaml", "see: [consent]", "see: []"},
		}, []string{
			"corrections.yaml:13: error: id \"2\" must have the form E-01",
			"glossary.yaml:3: error: id \"Consent_1\" must be lower-case letters, digits and single hyphens",
		}},
		{"a name given twice", []edit{{lesson, "glossary: [mandate]", "glossary: [mandate, mandate]"}}, []string{
			lesson + ":1: error: glossary names \"mandate\" twice",
		}},
		{"what a source must say", []edit{
			{article, "disclosure: The publisher says so.", `disclosure: ""`},
			{article, "slug: article", "slug: essay"},
			{article, "depth: 2", "depth: 3"},
			{article, "heading: Facts", `heading: ""`},
			{"corrections.yaml", "[article#myths]", "[essay#myths]"},
			{lesson, "citations: [article#facts]", "citations: [essay#facts]"},
			{lesson, "source:article#facts", "source:essay#facts"},
			{questions, "", "lesson: wrong\nquestions: []\n"},
		}, []string{
			lesson + ":1: warning: has 0 exam",
			lesson + ":1: warning: has 0 kinds",
			lesson + ":1: warning: has 0 practice",
			lesson + ":7: warning: outcome",
			lesson + ":25: error: practice:p1",
			module + ":1: warning: the module has no question",
			module + ":9: error: rule 1 draws",
			module + ":9: error: rule 2 draws",
			module + ":19: error: rules names \"first.basics.x1\"",
			module + ":19: error: rules names \"first.basics.x2\"",
			questions + ":1: error: lesson is \"wrong\", but the file is named \"basics\"",
			scenario + ":1: error: citations names \"article#facts\"",
			article + ":1: error: disclosure is missing",
			article + ":1: error: slug is \"essay\", but the file is named \"article\"",
			article + ":8: error: heading is missing",
			article + ":13: error: depth must be 1 or 2",
		}},
		{"what a quiz must say", []edit{
			{module, "pass_mark: 0.8", "pass_mark: 80\n    opens_at: tomorrow"},
			{module, "purpose: check", "purpose: fun"},
			{module, "time_limit_minutes: 30", "time_limit_minutes: -1"},
			{module, "- {questions: [basics.x1, basics.x2]}", "- {questions: [basics.x1], draw: 1}"},
		}, []string{
			module + `:9: error: "tomorrow" must be a time such as 2026-11-21T08:00:00Z`,
			module + ":9: error: pass_mark is 80, must be between 0 and 1",
			module + `:9: error: purpose is "fun", must be one of [practice check pretest exam]`,
			module + ":9: error: time_limit_minutes, attempts and delay_minutes must not be negative",
			module + ":20: error: rule 1: fixed questions go with no other filter",
		}},
		{"modules come after their prerequisites", []edit{
			{module, "prerequisites: []", "prerequisites: [first]"},
		}, []string{module + ":1: error: the prerequisite first must come before this module"}},
		{"a whole file gone", []edit{{questions, "", "lesson: basics\nreview: unreviewed\nquestions: []\n"}}, []string{
			lesson + ":1: warning: has 0 exam questions, should have 6",
			lesson + ":1: warning: has 0 kinds of question, should have 5",
			lesson + ":1: warning: has 0 practice questions, should have 8",
			lesson + ":7: warning: outcome first.basics.o1 has 0 questions, should have 3",
			lesson + ":25: error: practice:p1 is not a practice question of this lesson",
			module + ":1: warning: the module has no question of kind [single multiple true_false match order numeric cloze judgement]",
			module + ":9: error: rule 1 draws 4 of 0 questions",
			module + ":9: error: rule 2 draws 2 of 0 questions",
			module + ":19: error: rules names \"first.basics.x1\", which does not exist",
			module + ":19: error: rules names \"first.basics.x2\", which does not exist",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := curriculum.Read(small(t, tt.edits...))
			if err != nil {
				t.Fatal(err)
			}
			// A wanted line may be the beginning of the finding.
			got := lines(findings)
			for i := range min(len(got), len(tt.want)) {
				if strings.HasPrefix(got[i], tt.want[i]) {
					got[i] = tt.want[i]
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckReportsWhatIsOutOfDate(t *testing.T) {
	t.Parallel()
	files := small(t, edit{questions, "    explanation: The Charter says so.", "    as_of: 2026-11-21\n    explanation: The Charter says so."})
	report, err := curriculum.Check(files, time.Date(2027, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string(nil), lines(report.Findings)); diff != "" {
		t.Errorf("on the last day (-want +got):\n%s", diff)
	}
	report, err = curriculum.Check(files, time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"corrections.yaml:2: warning: E-01 was to be reviewed by 2027-11-21",
		"corrections.yaml:13: warning: E-02 was to be reviewed by 2027-11-21",
		questions + ":4: warning: the fact is as of 2026-11-21: check it again",
	}
	if diff := cmp.Diff(want, lines(report.Findings)); diff != "" {
		t.Errorf("on the day after (-want +got):\n%s", diff)
	}
	var out strings.Builder
	if err := report.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(append(want, "1 modules, 1 lessons, 14 questions: 0 errors, 3 warnings"), "\n") + "\n"
	if diff := cmp.Diff(text, out.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestReadRefusesAFolderWithoutModules(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "missing")} {
		if _, _, err := curriculum.Read(os.DirFS(dir)); err == nil {
			t.Errorf("Read(%s) gives no error", dir)
		}
		if _, err := curriculum.Check(os.DirFS(dir), time.Now()); err == nil {
			t.Errorf("Check(%s) gives no error", dir)
		}
	}
}

func TestReadGivesTheSameVersionForTheSameBytes(t *testing.T) {
	t.Parallel()
	read := func(edits ...edit) string {
		c, _, err := curriculum.Read(small(t, edits...))
		if err != nil {
			t.Fatal(err)
		}
		return c.Version
	}
	if a, b := read(), read(); a != b || len(a) != 32 {
		t.Errorf("versions of the same bytes are %q and %q", a, b)
	}
	if a, b := read(), read(edit{"glossary.yaml", "tasks", "jobs"}); a == b {
		t.Errorf("version %q did not change with the content", a)
	}
}
