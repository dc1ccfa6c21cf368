package curriculum_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"muster/internal/curriculum"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

func TestLessonBodyGolden(t *testing.T) {
	t.Parallel()
	body := `Before any heading: a [mandate](glossary:mandate) & more.

## Who "decides"?

The Council.[](source:article#facts) The Charter.[](reference:un-charter) Again the article.[](source:article#facts)

### A sub-heading

- *one* and **two** and ` + "`three`" + `
- see [the site](https://un.org/en?a=1&b=2)

[](practice:p1)

Text after the question.[](correction:E-02)

## Who decides?

| Organ | Part |
|:--|--:|
| Council | [Decides](glossary:mandate).[](reference:un-charter) |
`
	files := small(t)
	head, _, _ := strings.Cut(string(files[lesson].Data), "\n---\n")
	files[lesson].Data = []byte(head + "\n---\n" + body)
	c, findings, err := curriculum.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Severity == curriculum.LevelError {
			t.Errorf("unexpected %v", f)
		}
	}
	l, _ := c.Lesson("first", "basics")
	var got strings.Builder
	encoder := json.NewEncoder(&got)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(l.Blocks); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/body.golden.json", got.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestRenderInline(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain text", "Which organ?", "Which organ?"},
		{"emphasis", "*Never* do **this**.", "<em>Never</em> do <strong>this</strong>."},
		{"blanks stay", "The ____ asks the ____.", "The ____ asks the ____."},
		{"blanks in brackets stay", "(____ and ____)", "(____ and ____)"},
		{"characters are escaped", "a < b & c", "a &lt; b &amp; c"},
		{"a number is no list", "1. January", "1. January"},
		{"a dash is no list", "- 5 degrees", "- 5 degrees"},
		{"a hash is no heading", "# 5", "# 5"},
		{"one paragraph", "one\n\ntwo", "one two"},
		{"web links", "[UN](https://un.org)", `<a href="https://un.org" rel="noreferrer">UN</a>`},
		{"scripts are dropped", `<script>alert(1)</script><img src=x onerror=alert(1)>`, "alert(1)"},
		{"script links are dropped", "[x](javascript:alert(1))", "x"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := curriculum.RenderInline(tt.in); got != tt.want {
				t.Errorf("RenderInline(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzRenderInline(f *testing.F) {
	f.Add("a **b** `c` ____ <i>d</i> [e](https://x) [f](javascript:g)")
	f.Fuzz(func(t *testing.T, markdown string) {
		got := strings.ToLower(curriculum.RenderInline(markdown))
		for _, bad := range []string{"<script", "<img", "<p", "<div", " onerror=", `href="javascript`, `href="data`} {
			if strings.Contains(got, bad) {
				t.Errorf("RenderInline(%q) = %q holds %q", markdown, got, bad)
			}
		}
	})
}
