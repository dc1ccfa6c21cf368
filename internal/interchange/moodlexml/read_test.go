package moodlexml

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/errs"
	"muster/internal/interchange"
	"muster/internal/question"
)

// one makes a file with one question.
func one(kind, inside string) string {
	return "<?xml version=\"1.0\"?>\n<quiz>\n<question type=\"" + kind + "\">" + inside + "</question>\n</quiz>"
}

const (
	asks = `<name><text>T</text></name><questiontext format="html"><text><![CDATA[<p>Who <b>commands</b>?</p>]]></text></questiontext>`
	stem = "Who **commands**?"
)

func answers(pairs ...string) string {
	var out strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		out.WriteString(`<answer fraction="` + pairs[i] + `" format="html"><text>` + pairs[i+1] + `</text><feedback><text>f` + pairs[i+1] + `</text></feedback></answer>`)
	}
	return out.String()
}

func ref[T any](v T) *T { return &v }

func option(text string, correct bool) question.Option {
	return question.Option{Text: text, Correct: correct, Feedback: "f" + text}
}

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind, inside string
		want         question.Question
		findings     []string // starts of their messages
	}{
		"one of several": {"multichoice", asks + `<single>true</single>` + answers("100", "a", "0", "b"),
			question.Question{Kind: question.Single, Stem: stem, Title: "T", Options: []question.Option{option("a", true), option("b", false)}}, nil},
		"several of several": {"multichoice", asks + `<single>false</single>` + answers("50", "a", "50", "b", "-50", "c"),
			question.Question{Kind: question.Multiple, Stem: stem, Title: "T", Options: []question.Option{option("a", true), option("b", true), option("c", false)}}, nil},
		"weights that Muster does not have": {"multichoice", asks + `<single>false</single>` + answers("70", "a", "30", "b", "0", "c"),
			question.Question{Kind: question.Multiple, Stem: stem, Title: "T", Options: []question.Option{option("a", true), option("b", true), option("c", false)}}, []string{"The weights are not kept"}},
		"thirds are a judgement": {"multichoice", asks + `<single>1</single>` + answers("100", "a", "66.66667", "b", "33.33333", "c", "0", "d"),
			question.Question{Kind: question.Judgement, Stem: stem, Title: "T", Options: []question.Option{
				{Text: "a", Grade: 3, Feedback: "fa"}, {Text: "b", Grade: 2, Feedback: "fb"}, {Text: "c", Grade: 1, Feedback: "fc"}, {Text: "d", Feedback: "fd"}}}, nil},
		"true or false": {"truefalse", asks + answers("0", "true", "100", "false"),
			question.Question{Kind: question.TrueFalse, Stem: stem, Title: "T", Truth: ref(false), RightFeedback: "ffalse", Wrong: &question.Mistake{Feedback: "ftrue"}}, nil},
		"a short answer": {"shortanswer", asks + answers("100", "a", "50", "b", "0", "*"),
			question.Question{Kind: question.Cloze, Stem: stem + " ____", Title: "T", Blanks: []question.Blank{{Accepted: []string{"a"}, Feedback: "f*", Mistakes: []question.Mistake{{Text: "b", Feedback: "fb"}}}}},
			[]string{"The feedback for a right answer", "“b” is worth nothing"}},
		"a number with its unit": {"numerical", asks + `<answer fraction="100"><text>3.5</text><tolerance>0.1</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>`,
			question.Question{Kind: question.Numeric, Stem: stem, Title: "T", Answer: &question.Quantity{Value: 3.5, Tolerance: 0.1, Unit: "m"}}, []string{"The unit “cm”"}},
		"pairs": {"matching", asks + `<subquestion><text>l1</text><answer><text>r*1*</text></answer></subquestion><subquestion><text>l2</text><answer><text>r2</text></answer></subquestion><subquestion><text/><answer><text>r3</text></answer></subquestion>`,
			question.Question{Kind: question.Match, Stem: stem, Title: "T", Pairs: []question.Pair{{Left: "l1", Right: `r\*1\*`}, {Left: "l2", Right: "r2"}}, Extra: []question.Choice{{Text: "r3"}}}, nil},
		"an order": {"ordering", asks + `<incorrectfeedback><text>No.</text></incorrectfeedback>` + `<answer fraction="2.0"><text>b</text></answer><answer fraction="1.0"><text>a</text></answer>`,
			question.Question{Kind: question.Order, Stem: stem, Title: "T", Sequence: []question.Choice{{Text: "a"}, {Text: "b"}}, Mistakes: []question.Mistake{{Feedback: "No."}}}, nil},
		"words for gaps": {"gapselect", `<questiontext><text>The [[2]] sat.</text></questiontext><selectoption><text>dog</text><group>1</group></selectoption><selectoption><text>cat</text><group>1</group></selectoption><selectoption><text>red</text><group>2</group></selectoption>`,
			question.Question{Kind: question.Cloze, Stem: "The ____ sat.", Blanks: []question.Blank{{Accepted: []string{"cat"}, Mistakes: []question.Mistake{{Text: "dog"}}}}}, []string{"The words are written"}},
		"a cloze": {"cloze", `<questiontext format="html"><text><![CDATA[<p>The {1:SA:=cat~%0%dog#no} sat on {:MC:~bed#soft~=mat~%50%rug}, &lt;{2:NM:=3:1}&gt;.</p>]]></text></questiontext>`,
			question.Question{Kind: question.Cloze, Stem: "The ____ sat on ____, <____>.", Blanks: []question.Blank{
				{Accepted: []string{"cat"}, Mistakes: []question.Mistake{{Text: "dog", Feedback: "no"}}},
				{Accepted: []string{"mat"}, Mistakes: []question.Mistake{{Text: "bed", Feedback: "soft"}, {Text: "rug"}}}, {Accepted: []string{"3"}}}},
			[]string{"In gap 2", "“rug” is worth nothing", "Gap 3 asks for a number", "Gap 3 is worth"}},
		"a cloze of one choice": {"multianswer", `<questiontext><text>It is {1:MULTICHOICE:=a \} b#yes~c &#39; d}</text></questiontext>`,
			question.Question{Kind: question.Single, Stem: "It is", Options: []question.Option{{Text: "a } b", Correct: true, Feedback: "yes"}, {Text: "c ' d"}}}, nil},
		"a cloze of one number": {"cloze", `<questiontext><text>It is {1:NUMERICAL:=2.5:0.1~%0%3#no} m.</text></questiontext>`,
			question.Question{Kind: question.Numeric, Stem: "It is ____ m.", Answer: &question.Quantity{Value: 2.5, Tolerance: 0.1}, Mistakes: []question.Mistake{{Value: ref(3.0), Feedback: "no"}}}, nil},
		"what is left out": {"truefalse", asks + answers("100", "true", "0", "false") + `<defaultgrade>3</defaultgrade><hint><text>h</text></hint><correctfeedback><text>Bravo</text></correctfeedback><incorrectfeedback><text>Your answer is incorrect.</text></incorrectfeedback><plugin>data</plugin>`,
			question.Question{Kind: question.TrueFalse, Stem: stem, Title: "T", Truth: ref(true), RightFeedback: "ftrue", Wrong: &question.Mistake{Feedback: "ffalse"}},
			[]string{"A hint is left out: “h”", "Feedback for all answers of a sort is left out: “Bravo”", "It is worth 3 marks", "<plugin> is left out: “data”"}},
	} {
		items, findings, err := read(t.Context(), []byte(one(c.kind, c.inside)), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %v, %v", name, len(items), findings, err)
			continue
		}
		if diff := cmp.Diff(c.want, items[0].Question, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		checkFindings(t, name, findings, c.findings)
	}
}

// checkFindings compares the starts of what was found.
func checkFindings(t *testing.T, name string, got []interchange.Finding, want []string) {
	t.Helper()
	kept := []string{}
	for _, f := range got {
		if f.Line == 0 {
			t.Errorf("%s: %q has no line", name, f.Message)
		}
		if len(want) > 0 || f.Severity != interchange.Warning || !strings.HasPrefix(f.Message, "The feedback for") {
			kept = append(kept, f.Message)
		}
	}
	if len(want) == 0 && len(kept) == 0 {
		return
	}
	for _, w := range want {
		found := false
		for _, message := range kept {
			found = found || strings.HasPrefix(message, w)
		}
		if !found {
			t.Errorf("%s: found %q, want %q among it", name, kept, w)
		}
	}
	if len(kept) != len(want) {
		t.Errorf("%s: found %q, want %q", name, kept, want)
	}
}

func TestRefusedQuestionsAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, inside, want string }{
		"an essay of a plugin":  {"essayautograde", asks, "type “essayautograde”"},
		"an essay of nothing":   {"essay", "", "asks nothing"},
		"an unknown type":       {"ddmarker", asks, "type “ddmarker”"},
		"no type":               {"", asks, "type “”"},
		"a text":                {"description", asks, "text without a question"},
		"one option":            {"multichoice", asks + answers("100", "a"), "fewer than two"},
		"no number":             {"numerical", asks + answers("100", "many"), "not a number"},
		"gaps times words":      {"ddwtos", `<questiontext><text>` + strings.Repeat("[[1]]", 900) + `</text></questiontext>` + strings.Repeat("<dragbox><text>a</text></dragbox>", 900), "too many gaps"},
		"gaps without a text":   {"ddwtos", "", "asks nothing"},
		"a gap without a word":  {"ddwtos", `<questiontext><text>[[7]]</text></questiontext>`, "no word"},
		"a cloze without gaps":  {"cloze", `<questiontext><text>text</text></questiontext>`, "no gap"},
		"an endless text":       {"truefalse", `<questiontext><text>` + strings.Repeat("long ", 10_000) + `</text></questiontext>` + answers("100", "true", "0", "false"), "longer than"},
		"countless parts":       {"truefalse", asks + strings.Repeat("<a/>", 30_000), "more parts"},
		"nothing asked":         {"truefalse", answers("100", "true", "0", "false"), "asks nothing"},
		"several in one of two": {"cloze", `<questiontext><text>{1:MR:=a~=b} {1:SA:=c}</text></questiontext>`, "several answers"},
	} {
		file := strings.Replace(one(c.kind, c.inside), "</quiz>", `<question type="truefalse">`+asks+answers("100", "true", "0", "false")+"</question></quiz>", 1)
		items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %v: the good question must come in alone", name, len(items), err)
			continue
		}
		found := false
		for _, f := range findings {
			found = found || strings.Contains(f.Message, c.want) && f.Line == 3
		}
		if !found {
			t.Errorf("%s: found %+v, want %q on line 3", name, findings, c.want)
		}
	}
}

func TestCategoriesTagsAndNumbers(t *testing.T) {
	t.Parallel()
	file := `<quiz><question type="category"><category><text>$course$/top/Law/Use of force // arms</text></category></question>
<question type="truefalse">` + asks + `<idnumber>Q-1</idnumber><tags><tag><text>one</text></tag><tag><text>critical:yes</text></tag><tag><text>difficulty:3</text></tag></tags>` + answers("100", "true", "0", "false") + `</question></quiz>`
	items, findings, err := read(t.Context(), []byte("\xef\xbb\xbf"+file), interchange.Usual())
	if err != nil || len(items) != 1 || len(findings) != 0 {
		t.Fatalf("%d items, %v, %v", len(items), findings, err)
	}
	i := items[0]
	if !cmp.Equal(i.Category, []string{"Law", "Use of force / arms"}) || !cmp.Equal(i.Tags, []string{"one"}) || i.ID != "Q-1" || !i.Question.Critical || i.Question.Difficulty != 3 || i.Line != 2 {
		t.Errorf("read as %+v", i)
	}
}

func TestWindows1252(t *testing.T) {
	t.Parallel()
	file := strings.Replace(one("truefalse", `<questiontext><text>L`+"\x92\xe9"+`cole</text></questiontext>`+answers("100", "true", "0", "false")), `version="1.0"`, `version="1.0" encoding="windows-1252"`, 1)
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	if err != nil || len(items) != 1 || items[0].Question.Stem != "L’école" || len(findings) != 1 {
		t.Errorf("read as %+v, %v, %v", items, findings, err)
	}
}

func pictures(t *testing.T, wide, high int) (pngFile, jpegFile []byte) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	img.Set(0, 0, color.White)
	var a, b bytes.Buffer
	if err := errors.Join(png.Encode(&a, img), jpeg.Encode(&b, img, nil)); err != nil {
		t.Fatal(err)
	}
	// EXIF with a place, in an APP1 segment after the start of the file
	exif := append([]byte{0xff, 0xe1, 0, 24}, []byte("Exif\x00\x00GPS 46.2N 6.1E....")...)
	return a.Bytes(), append(append([]byte{0xff, 0xd8}, exif[:26]...), b.Bytes()[2:]...)
}

func TestPicturesAreEncodedAnew(t *testing.T) {
	t.Parallel()
	plain, photo := pictures(t, 8, 8)
	bomb := append([]byte(nil), plain...)
	copy(bomb[16:24], []byte{0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50}) // 50,000 × 50,000; its checksum is wrong as well
	file := func(name string, data []byte) string {
		return `<file name="` + name + `" encoding="base64">` + base64.StdEncoding.EncodeToString(data) + `</file>`
	}
	inside := `<questiontext><text><![CDATA[Look: <img src="@@PLUGINFILE@@/a.png"> <img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(plain) + `">]]></text>` +
		file("../a.png", plain) + file("b.jpg", photo) + file("c.png", bomb) + file("d.svg", []byte("<svg/>")) + `</questiontext>` + answers("100", "true", "0", "false")
	items, findings, err := read(t.Context(), []byte(one("truefalse", inside)), interchange.Usual())
	if err != nil || len(items) != 1 || len(items[0].Media) != 3 {
		t.Fatalf("read as %+v, %v, %v", items, findings, err)
	}
	for _, m := range items[0].Media {
		if bytes.Contains(m.Data, []byte("GPS")) || strings.ContainsAny(m.Name, "/.") && strings.Contains(m.Name, "..") {
			t.Errorf("%s still says where it was taken, or lies elsewhere", m.Name)
		}
	}
	out, _, err := write(items)
	if err != nil {
		t.Fatal(err)
	}
	back, _, err := read(t.Context(), out, interchange.Usual())
	if err != nil || len(back) != 1 || len(back[0].Media) != 3 {
		t.Errorf("the pictures did not come back: %v", err)
	}
}

// TestHostileFiles: none of these is read, and none takes long.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"an external entity":   `<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="truefalse"><questiontext><text>&x;</text></questiontext></question></quiz>`,
		"a billion laughs":     `<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz>&b;</quiz>`,
		"a bare document type": `<!DOCTYPE quiz><quiz/>`,
		"deep elements":        "<quiz>" + strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000) + "</quiz>",
		"another root":         "<html><question type=\"truefalse\"/></html>",
		"countless answers":    "<quiz>" + strings.Repeat(`<question type="cloze"><questiontext><text>`+strings.Repeat("{1:SA:=a}", 90)+"</text></questiontext></question>", 1_700) + "</quiz>",
		"not XML":              "hello",
		"nothing":              "",
		"an empty quiz":        "<quiz></quiz>",
		"a zip":                "PK\x03\x04\x00\x00",
	} {
		started := time.Now()
		items, _, err := read(t.Context(), []byte(file), interchange.Usual())
		if errs.KindOf(err) != errs.Invalid || len(items) > 0 {
			t.Errorf("%s: %d items, %v, want it refused", name, len(items), err)
		}
		if took := time.Since(started); took > 30*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestWhatStandsBeforeABreakIsRead(t *testing.T) {
	t.Parallel()
	file := "<quiz>\n<question type=\"truefalse\">" + asks + answers("100", "true", "0", "false") + "</question>\n<question type=\"truefalse\"><name></question>"
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	if err != nil || len(items) != 1 || len(findings) != 1 || findings[0].Line != 3 || findings[0].Severity != interchange.Error {
		t.Errorf("read as %d items, %+v, %v", len(items), findings, err)
	}
}

func TestTheContextEndsReading(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := read(ctx, []byte(one("truefalse", asks)), interchange.Usual()); !errors.Is(err, context.Canceled) {
		t.Errorf("read gives %v", err)
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{one("truefalse", asks): true, "<assessmentItem/>": false, "::t:: q {T}": false} {
		if got := detect("x.xml", []byte(file)); got != want {
			t.Errorf("detect(%q) = %v", file, got)
		}
	}
}
