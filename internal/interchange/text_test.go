package interchange

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"muster/internal/errs"
)

func TestText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, want string
		findings   int
	}{
		"UTF-8":                        {"é\r\nb\rc", "é\nb\nc", 0},
		"a byte order mark":            {"\xef\xbb\xbfa", "a", 0},
		"UTF-16 with a mark":           {"\xff\xfea\x00\xe9\x00", "aé", 0},
		"windows-1252 is guessed":      {"L\x92\xe9cole", "L’école", 1},
		"letters are composed":         {"e\u0301", "é", 0},
		"what cannot be shown is gone": {"a\x01b\u202ec", "abc", 1},
	} {
		var f Findings
		got, err := Text([]byte(c.file), &f)
		if err != nil || got != c.want || len(f.List()) != c.findings {
			t.Errorf("%s: Text(%q) = %q, %v, %v, want %q and %d findings", name, c.file, got, f.List(), err, c.want, c.findings)
		}
	}
	if _, err := Text([]byte("PK\x03\x04\x00\x00"), &Findings{}); err == nil {
		t.Error("a zip file is read as text")
	}
	if _, err := Text(bytes.Repeat([]byte("\x80"), 9<<20), &Findings{}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a text of 27 MB gives %v", err)
	}
}

// TestTextIsAsPlainlyDone: letter by letter comes to the same as text by text.
func TestTextIsAsPlainlyDone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", "e", "\u0301", "\u0316", "\r", "\n", "\r\n", "\x01", "\u0958", "\u1100", "\u1161", "\U0001d160", "\u202e", "\ufeff", "é", "😀"})
		text := "a" + strings.Join(rapid.SliceOfN(piece, 0, 200).Draw(t, "pieces"), "")
		want := strings.Map(func(r rune) rune {
			if Showable(r) {
				return r
			}
			return -1
		}, strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
		file := []byte(text)
		if rapid.Bool().Draw(t, "UTF-16") {
			file = []byte("\xff\xfe")
			for _, unit := range utf16.Encode([]rune(text)) {
				file = binary.LittleEndian.AppendUint16(file, unit)
			}
		}
		if got, err := Text(file, &Findings{}); err != nil || got != norm.NFC.String(want) {
			t.Fatalf("Text(%q) = %q, %v, want %q", file, got, err, norm.NFC.String(want))
		}
	})
}

func TestFromHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		html, want string
		lost       []string
	}{
		{"plain", "plain", nil},
		{"<p>a <b> bold </b>b</p>", "a **bold** b", nil},
		{"<p>one</p><p>two<br>three</p>", "one\ntwo\nthree", nil},
		{"a &amp;amp; b &lt; c", `a \&amp; b < c`, nil},
		{"2*3*4 <i>x_y</i>", `2\*3\*4 *x_y*`, nil},
		{"<code>a*b</code>", "`a*b`", nil},
		{"The ____ is", "The ____ is", nil},
		{`<a href="https://un.org/a">UN</a> <a href="javascript:x">x</a>`, "[UN](https://un.org/a) x", []string{"a link"}},
		{`<img src="x.png"><script>alert(1)</script>H<sub>2</sub>O`, "H2O", []string{"a picture", "a script", "a subscript"}},
		{"<ul><li>a</li><li>b</li></ul>", "- a\n- b", []string{"a list"}},
		{"<ul>\n<li>\n<p>a</p><p>b</p></li><li></li><li><div>c</div></li></ul>", "- a\nb\n-\n- c", []string{"a list"}},
		{"<table><tr><td>a</td><td>b</td></tr></table>", "a b", []string{"a table"}},
		{"<b><b>a</b></b><i></i>", "**a**", nil},
		{"<blink>a", "a", []string{"<blink>"}},
		{"<b>never closed", "**never closed**", nil},
		{"</b>never opened<!-- a note -->", "never opened", nil},
	} {
		got, lost := FromHTML(c.html, false)
		if got != c.want || !cmp.Equal(lost, c.lost) {
			t.Errorf("FromHTML(%q) = %q, %q, want %q, %q", c.html, got, lost, c.want, c.lost)
		}
	}
	if got, _ := FromHTML("one\ntwo", true); got != "one\ntwo" {
		t.Errorf("line feeds that are kept: %q", got)
	}
}

// TestPlainComesBack: whatever a plain text holds, Markdown shows it as it is.
func TestPlainComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plain := strings.Join(strings.Fields(rapid.StringMatching(`[ab1 \\*_~\[\]()<>&;!#\x60'"é]{0,24}`).Draw(t, "plain")), " ")
		markdown := FromPlain(plain)
		back, marked := ToPlain(markdown)
		if back != plain || marked {
			t.Fatalf("%q as Markdown is %q, which shows %q (marked: %v)", plain, markdown, back, marked)
		}
		if html, _ := FromHTML(ToHTML(markdown), false); html != markdown {
			got, marked := ToPlain(html)
			if got != plain || marked {
				t.Fatalf("%q as HTML is %q, and back %q", markdown, ToHTML(markdown), html)
			}
		}
	})
}

func TestToPlain(t *testing.T) {
	t.Parallel()
	for markdown, want := range map[string]string{"a **b** *c*": "a b c", "`x*`": "x*", "[UN](https://un.org)": "UN", "a ~~b~~": "a b"} {
		if got, marked := ToPlain(markdown); got != want || !marked {
			t.Errorf("ToPlain(%q) = %q, %v, want %q, true", markdown, got, marked, want)
		}
	}
}
