package gift

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

func options(texts ...string) []question.Option {
	list := make([]question.Option, len(texts))
	for i, text := range texts {
		text, right := strings.CutPrefix(text, "=")
		text, said, _ := strings.Cut(text, "#")
		list[i] = question.Option{Text: text, Correct: right, Feedback: said}
	}
	return list
}

func graded(options []question.Option, grades ...int) []question.Option {
	for i := range options {
		options[i].Grade = grades[i]
	}
	return options
}

func gap(accepted ...string) []question.Blank { return []question.Blank{{Accepted: accepted}} }

var yes, no, seven = true, false, 7.0

// TestRead reads one question at a time; each without a finding.
func TestRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]question.Question{
		"Who?{~a =b ~c}": {Kind: question.Single, Stem: "Who?", Options: options("a", "=b", "c")},
		"::T\\:1:: Who? { =a#yes ~b # no\n####why}":  {Kind: question.Single, Title: "T:1", Stem: "Who?", Explanation: "why", Options: options("=a#yes", "b#no")},
		"It is {~a =b} now.":                         {Kind: question.Single, Stem: "It is ____ now.", Options: options("a", "=b")},
		"W?{~%50%a ~%50%b ~%-50%c}":                  {Kind: question.Multiple, Stem: "W?", Options: options("=a", "=b", "c")},
		"W?{~%33.33333%a ~%33.33333%b ~%33.33333%c}": {Kind: question.Multiple, Stem: "W?", Options: options("=a", "=b", "=c")},
		"W?{=a ~%66.66667%b ~%33.3%c ~d}":            {Kind: question.Judgement, Stem: "W?", Options: graded(options("a", "b", "c", "d"), 3, 2, 1, 0)},
		"It is.{T}":                                  {Kind: question.TrueFalse, Stem: "It is.", Truth: &yes},
		"It is.{ FALSE#wrong#right####why }":         {Kind: question.TrueFalse, Stem: "It is.", Truth: &no, Wrong: &question.Mistake{Feedback: "wrong"}, RightFeedback: "right", Explanation: "why"},
		"It is.{T##right}":                           {Kind: question.TrueFalse, Stem: "It is.", Truth: &yes, RightFeedback: "right"},
		"N?{#7}":                                     {Kind: question.Numeric, Stem: "N?", Answer: &question.Quantity{Value: 7}},
		"N?{#7:0.5}":                                 {Kind: question.Numeric, Stem: "N?", Answer: &question.Quantity{Value: 7, Tolerance: 0.5}},
		"N?{#-1e1..20}":                              {Kind: question.Numeric, Stem: "N?", Answer: &question.Quantity{Value: 5, Tolerance: 15}},
		"N?{# =9:1 =%0%7#slip }":                     {Kind: question.Numeric, Stem: "N?", Answer: &question.Quantity{Value: 9, Tolerance: 1}, Mistakes: []question.Mistake{{Value: &seven, Feedback: "slip"}}},
		"M {=a -> 1 =b->2 = -> 3}":                   {Kind: question.Match, Stem: "M", Pairs: []question.Pair{{Left: "a", Right: "1"}, {Left: "b", Right: "2"}}, Extra: []question.Choice{{Text: "3"}}},
		"Capital?{=Paris =paris =Lutetia}":           {Kind: question.Cloze, Stem: "Capital? ____", Blanks: gap("Paris", "Lutetia")},
		"2 + 2 is {=four =4}.":                       {Kind: question.Cloze, Stem: "2 + 2 is ____.", Blanks: gap("four", "4")},
		"The _____ is in Paris{=Louvre}":             {Kind: question.Cloze, Stem: "The ____ is in Paris", Blanks: gap("Louvre")},
		"C?{=a =%0%b#no =%0%*#never}":                {Kind: question.Cloze, Stem: "C? ____", Blanks: []question.Blank{{Accepted: []string{"a"}, Feedback: "never", Mistakes: []question.Mistake{{Text: "b", Feedback: "no"}}}}},
		"Go -> there?{=a -> b =c}":                   {Kind: question.Cloze, Stem: "Go -> there? ____", Blanks: gap("a -> b", "c")},
		"5 \\= 2 + 3 \\{\\}\\~\\#\\:\\\\alpha{T}":    {Kind: question.TrueFalse, Stem: `5 = 2 + 3 {}~#:\alpha`, Truth: &yes},
		"one\\ntwo\nthree{T}":                        {Kind: question.TrueFalse, Stem: "one\ntwo\nthree", Truth: &yes},
		"[html]<p>a <b>b</b>\nc &amp; d</p>{T}":      {Kind: question.TrueFalse, Stem: "a **b** c & d", Truth: &yes},
		"[plain]2*3*4 <b>{T}":                        {Kind: question.TrueFalse, Stem: `2\*3\*4 \<b>`, Truth: &yes},
		"[markdown]2*3*4{T}":                         {Kind: question.TrueFalse, Stem: "2*3*4", Truth: &yes},
		"[plain]x{=[markdown]*a* ~[html]<i>b</i>}":   {Kind: question.Single, Stem: "x", Options: options("=*a*", "*b*")},
	} {
		items, findings, err := read(t.Context(), []byte(text), interchange.Usual())
		if err != nil || len(items) != 1 || len(findings) > 0 {
			t.Errorf("%q: %d items, %+v, %v", text, len(items), findings, err)
			continue
		}
		if diff := cmp.Diff(want, items[0].Question, interchangetest.Same); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// TestGoodAmongBad: questions that are whole come in with their lines, whatever is
// around them, and each that is not is found on its line.
func TestGoodAmongBad(t *testing.T) {
	t.Parallel()
	file := strings.Join([]string{
		"// nothing but a comment", "", // 1
		"$CATEGORY: $course$/top/Law/IHL//LOAC", "", // 3
		"// [id:x\\]1] [tag:Day 1] [tag:difficulty:3]", "::Good::", "Who?", "{", "=a", "~b", "}", "", // 5
		"Who {=a", "", "~b}", "", // 13
		"No end of title", "::broken: x {T}", "", // 17
		"::broken: x {T}", "", // 20
		"Discuss.{}", "", // 22
		"A description.", "", // 24
		"$CATEGORY: Other", "Below its category {F}", "", // 26
		"N?{#", "=many", "}", "", // 29
		"N?{#7..3}", "", // 33
		"W?{=only}{=two}", "", // 35
		"W?{~one}", "", // 37
		"Last? {=a#yes", "=%50%b}", // 39
	}, "\n")
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		Stem     string
		Line     int
		Category []string
	}
	var got []place
	for _, i := range items {
		got = append(got, place{i.Question.Stem, i.Line, i.Category})
	}
	law := []string{"Law", "IHL/LOAC"}
	want := []place{
		{"Who?", 6, law}, {"No end of title\n::broken: x", 17, law}, {"Discuss.", 22, law}, {"Below its category", 27, []string{"Other"}}, {"Last? ____", 39, []string{"Other"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first := items[0]
	if first.ID != "x]1" || !cmp.Equal(first.Tags, []string{"Day 1"}) || first.Question.Difficulty != 3 {
		t.Errorf("the first item is %+v", first)
	}
	var lines []int
	for _, f := range findings {
		lines = append(lines, f.Line)
		if f.Message == "" || f.Severity == "" {
			t.Errorf("a finding that says nothing: %+v", f)
		}
	}
	if diff := cmp.Diff([]int{13, 15, 20, 22, 24, 30, 33, 35, 37, 39, 40}, lines); diff != "" {
		t.Errorf("%s\n%+v", diff, findings)
	}
}

// TestFindings: what the question model cannot carry is found, and the question
// comes in.
func TestFindings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Who?{=a =b ~c}":                   "2 options are right",
		"Who?{=a ~%50%b}":                  "weights of wrong options are not kept",
		"Who?{~%100%a ~b ~c}":              "weights are not kept",
		"Who?{~a ~b}":                      "No option is right",
		"N?{#=7 =%50%8 }":                  "worth nothing here, not 50%",
		"N?{#7 ~#try again}":               "all other answers is left out",
		"C?{=Par*}":                        "does not stand for any letters",
		"C?{=a#well done}":                 "kept as explanation",
		"____ and ____?{=a}":               "several gaps",
		"<img src\\=\"x\">What?{T}":        "a picture",
		"\\\\(x^2\\\\)?{T}":                "TeX",
		"[markdown]<b>x</b>{T}":            "HTML within Markdown",
		"L\x92\xe9t\xe9 {T}":               "windows-1252",
		"$CATEGORY: x\nWho?{=a\n~b # c\n}": "",
	} {
		items, findings, err := read(t.Context(), []byte(text), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%q: %d items, %+v, %v", text, len(items), findings, err)
			continue
		}
		said := ""
		for _, f := range findings {
			said += f.Message
		}
		if want == "" && said != "" || !strings.Contains(said, want) {
			t.Errorf("%q: %q, want it to say %q", text, said, want)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	limits := interchange.Limits{Bytes: 2000, Items: 3, Text: 100}
	for name, file := range map[string]string{
		"too large": strings.Repeat("x", 2001), "empty": "", "too many": strings.Repeat("It is {T}\n\n", 4), "nothing in it": "// x\n\n\n",
		"too many options": strings.Repeat("x{"+strings.Repeat("=a~b", 10)+"}\n\n", 2), "of another format": strings.Repeat("{\n\n", 22_001),
	} {
		limits := limits
		if name == "of another format" {
			limits.Bytes = len(file)
		}
		if _, _, err := read(t.Context(), []byte(file), limits); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	items, findings, err := read(t.Context(), []byte("W?{"+strings.Repeat("=a~b", 150)+"}"), interchange.Usual())
	if err != nil || len(items) != 0 || len(findings) != 1 {
		t.Errorf("300 options: %d items, %+v, %v", len(items), findings, err)
	}
	items, findings, err = read(t.Context(), []byte("It is {T}\n\n"+strings.Repeat("long ", 30)+"{T}"), limits)
	if err != nil || len(items) != 1 || len(findings) != 1 || findings[0].Line != 3 {
		t.Errorf("%d items, %+v, %v", len(items), findings, err)
	}
}

// TestWritten is the text that is written, which Moodle must read too.
func TestWritten(t *testing.T) {
	t.Parallel()
	items := []interchange.Item{
		{
			ID: "q1", Tags: []string{"day one"}, Category: []string{"Law", "IHL/LOAC"},
			Question: question.Question{Kind: question.Single, Pool: question.Exam, Title: "A: b", Stem: "Who {x}?", Explanation: "Why.", Options: options("=a#yes", "b")},
		},
		{Category: []string{"Law", "IHL/LOAC"}, Question: question.Question{Kind: question.Multiple, Stem: "Which?", Options: options("=a", "=b", "=c", "d")}},
		{Question: question.Question{Kind: question.Order, Stem: "First?", Sequence: []question.Choice{{Text: "a"}}}},
		{Question: question.Question{Kind: question.Match, Stem: "M", Pairs: []question.Pair{{Left: "a -> b", Right: "c"}}}},
		{Question: question.Question{Kind: question.TrueFalse, Stem: "It is.", Truth: &yes, RightFeedback: "So.", Options: options("=because", "not")}},
	}
	got, findings, err := write(items)
	if err != nil {
		t.Fatal(err)
	}
	want := `$CATEGORY: Law/IHL//LOAC

// [id:q1] [tag:pool:exam] [tag:day one]
::A\: b::[markdown]Who \{x\}? {
	=a#yes
	~b
####Why.}

[markdown]Which? {
	~%33.33333%a
	~%33.33333%b
	~%33.33333%c
	~%-33.33333%d
}

$CATEGORY: 

[markdown]It is. {TRUE##So.}

`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	var severities []interchange.Severity
	for _, f := range findings {
		severities = append(severities, f.Severity)
	}
	if diff := cmp.Diff([]interchange.Severity{"error", "error", "warning"}, severities); diff != "" {
		t.Errorf("%s\n%+v", diff, findings)
	}
}
