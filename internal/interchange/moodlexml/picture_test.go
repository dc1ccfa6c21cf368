package moodlexml

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/interchange"
	"muster/internal/question"
)

// attachedFile is a file that comes with a text.
func attachedFile(name string, data []byte) string {
	return `<file name="` + name + `" path="/" encoding="base64">` + base64.StdEncoding.EncodeToString(data) + `</file>`
}

// described lists what pictures are called and show.
func described(item interchange.Item) []string {
	list := []string{}
	for _, m := range item.Media {
		list = append(list, m.Name+": "+m.Alt)
	}
	return list
}

// TestPicturesAreDescribed: what a file says of its pictures comes along, in HTML
// and in Markdown; they are left out of the text.
func TestPicturesAreDescribed(t *testing.T) {
	t.Parallel()
	dot, _ := pictures(t, 2, 2)
	data := `data:image/png;base64,` + base64.StdEncoding.EncodeToString(dot)
	for name, c := range map[string]struct {
		text, format string
		files        string
		stem         string
		want         []string
		findings     int
	}{
		"HTML":                        {`Look: <img alt="A &quot;gate&quot;   seen" src="@@PLUGINFILE@@/a%20b.png"><br>Now?`, "html", attachedFile("a b.png", dot), "Look:\nNow?", []string{`a b.png: A "gate" seen`}, 0},
		"in the text itself":          {`<img src="` + data + `" alt="One"><img src='` + data + `' alt="Two">Now?`, "html", "", "Now?", []string{"picture-1: One", "picture-2: Two"}, 0},
		"Markdown":                    {"Now?\n\n![A \\[gate\\]](@@PLUGINFILE@@/a%20b.png)", "markdown", attachedFile("a b.png", dot), "Now?", []string{"a b.png: A [gate]"}, 0},
		"a picture that did not come": {`Now? <img src="@@PLUGINFILE@@/gone.png" alt="Gone">`, "html", "", "Now?", []string{}, 1},
		"one from elsewhere":          {`Now? <img src="https://tracker.invalid/x.png" alt="x">`, "html", attachedFile("a.png", dot), "Now?", []string{"a.png: "}, 1},
		"no description":              {`Now? <img src="@@PLUGINFILE@@/a.png">`, "html", attachedFile("a.png", dot), "Now?", []string{"a.png: "}, 0},
		"six":                         {"Now?", "html", strings.Repeat(attachedFile("a.png", dot), 6), "Now?", []string{"a.png: ", "a.png: ", "a.png: ", "a.png: ", "a.png: "}, 1},
	} {
		inside := `<questiontext format="` + c.format + `"><text><![CDATA[` + c.text + `]]></text>` + c.files + `</questiontext>` + answers("100", "true", "0", "false")
		items, findings, err := read(t.Context(), []byte(one("truefalse", inside)), interchange.Usual())
		if err != nil || len(items) != 1 || len(findings) != c.findings || items[0].Question.Stem != c.stem {
			t.Errorf("%s: read as %+v, %+v, %v", name, items, findings, err)
			continue
		}
		if diff := cmp.Diff(c.want, described(items[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPicturesOfAnswersStayAway: below the stem they would tell the key.
func TestPicturesOfAnswersStayAway(t *testing.T) {
	t.Parallel()
	dot, _ := pictures(t, 2, 2)
	inside := `<questiontext><text>Now?</text></questiontext><generalfeedback><text>So.</text>` + attachedFile("key.png", dot) + `</generalfeedback>` +
		`<answer fraction="100" format="html"><text>true</text><feedback><text>Yes.</text>` + attachedFile("yes.png", dot) + `</feedback></answer><answer fraction="0"><text>false</text></answer>`
	items, findings, err := read(t.Context(), []byte(one("truefalse", inside)), interchange.Usual())
	if err != nil || len(items) != 1 || len(items[0].Media) != 0 || len(findings) != 2 || findings[0].Severity != interchange.Warning {
		t.Errorf("read as %+v, %+v, %v", items, findings, err)
	}
}

// TestPicturesThereAndBack: names and descriptions of any sort come back.
func TestPicturesThereAndBack(t *testing.T) {
	t.Parallel()
	dot, _ := pictures(t, 2, 2)
	truth := true
	item := interchange.Item{Question: question.Question{Kind: question.TrueFalse, Stem: "Is *it*?", Truth: &truth, Pool: question.Practice, Bloom: "apply", Difficulty: 2}}
	for name, alt := range map[string]string{"a.png": "A [gate] \\ with ![x](y) and {1:SA:=a}", "b (1) %20é.png": "", "c.png": "____ <b>bold</b> & more"} {
		media := interchange.Media{Name: name, Type: "image/png", Data: dot, Alt: alt, Width: 2, Height: 2, Print: question.NamePicture(dot)}
		item.Media = append(item.Media, media)
	}
	file, findings, err := write([]interchange.Item{item})
	if err != nil || len(findings) > 0 {
		t.Fatalf("write found %+v, %v", findings, err)
	}
	back, findings, err := read(t.Context(), file, interchange.Usual())
	if err != nil || len(back) != 1 || len(findings) > 0 {
		t.Fatalf("read as %+v, %+v, %v\n%s", back, findings, err, file)
	}
	if diff := cmp.Diff(item.Media, back[0].Media, cmpopts.IgnoreFields(interchange.Media{}, "Data", "Print")); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}
