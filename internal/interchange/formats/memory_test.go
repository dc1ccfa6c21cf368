package formats_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"muster/internal/heaptest"
	"muster/internal/interchange"
	"muster/internal/interchange/formats"
)

// long is how long the files are, a little less than may be sent.
const long = 20<<20 - 4<<10

// TestHostileFilesTakeLittleMemory: no file of the allowed size takes more than
// 200 MB, be it read or refused (SECURITY IN-08).
func TestHostileFilesTakeLittleMemory(t *testing.T) {
	var cases []heaptest.Case
	add := func(format, name string, file func() []byte) {
		f, err := formats.Named(format, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, heaptest.Case{Name: format + ": " + name, File: file, Read: func(file []byte) error {
			items, findings, err := f.Read(t.Context(), file, interchange.Usual())
			if err == nil {
				err = fmt.Errorf("%d questions, %d findings", len(items), len(findings))
			}
			return err
		}})
	}
	repeated := func(format, name, before, text, after string) {
		add(format, name, func() []byte { return heaptest.Repeated(long, before, text, after) })
	}
	letters(add)
	plain(add, repeated)
	moodle(add, repeated)
	qtiItems(repeated)
	packages(t, add)
	sheets(t, add)
	heaptest.Check(t, cases)
}

type adder func(format, name string, file func() []byte)

type repeater func(format, name, before, text, after string)

// letters adds texts whose letters take room.
func letters(add adder) {
	add("gift", "UTF-16", func() []byte {
		var unit []byte
		for _, u := range utf16.Encode([]rune("Wörter und Fälle\r\n")) {
			unit = binary.LittleEndian.AppendUint16(unit, u)
		}
		return heaptest.Repeated(long, "\xff\xfe", string(unit), "")
	})
	add("aiken", "windows-1252", func() []byte { return heaptest.Repeated(long, "", "\x80\x80\x80\x80\r\x80\x80", "") })
}

// plain adds files of text.
func plain(add adder, repeated repeater) {
	kilobyte := heaptest.Words(900)
	add("gift", "as many as there may be", func() []byte {
		return bytes.Repeat([]byte("::T::"+kilobyte+"{=right#yes ~wrong#no ~other#a ~b ~c ~d ~e ~f ~g ~h}\n\n"), 20_000)
	})
	repeated("gift", "lines", "Q\n", "a\n", "{}")
	repeated("gift", "comments", "", "//\n", "Q {}")
	repeated("gift", "tags", "//", "[tag:a]", "\nQ {}")
	repeated("gift", "one category", "$CATEGORY: ", "a/", "\n\nQ {}")
	repeated("gift", "200 options each", "", "Q {=a"+strings.Repeat("~b", 199)+"}\n\n", "")
	repeated("aiken", "26 options each", "", "Q\n"+lettered("%c. a\n", 26)+"ANSWER: A\n", "")
	head := "kind,question,option_a,option_b,option_c,answer\n"
	repeated("csv", "26 options each", "kind,question,answer"+lettered(",option_%c", 26)+"\n", "multiple,q,a"+strings.Repeat(",b", 26)+"\n", "")
	repeated("csv", "tags", head[:len(head)-1]+",tags\n", "single,q,a,b,c,a,"+strings.Repeat("a;", 15000)+"\n", "")
}

func lettered(format string, n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, format, 'A'+i)
	}
	return out.String()
}

const (
	xmlHead  = `<?xml version="1.0"?>`
	asked    = `<name><text>n</text></name><questiontext format="html"><text>What?</text></questiontext>`
	answered = `<single>true</single><answer fraction="100"><text>yes</text></answer><answer fraction="0"><text>no</text></answer><answer fraction="0"><text>maybe</text></answer>`
)

// moodle adds files of Moodle XML.
func moodle(add adder, repeated repeater) {
	in := func(name, before, text, after string) {
		repeated("moodlexml", name, xmlHead+"<quiz>"+before, text, after+"</quiz>")
	}
	in("20,000 long questions", "", `<question type="multichoice"><name><text>`+heaptest.Words(200)+`</text></name><questiontext format="html"><text>`+heaptest.Words(500)+`</text></questiontext>`+answered+`</question>`, "")
	in("200 answers each", "", `<question type="multichoice">`+asked+`<single>false</single>`+strings.Repeat(`<answer fraction="1"><text>a</text></answer>`, 200)+`</question>`, "")
	in("elements", "", `<a/>`, "")
	in("attributes", `<question type="essay" `, `a="" `, `></question>`)
	in("one name", `<`, `abc`, `/>`)
	photo := func(points int) func() []byte {
		return func() []byte {
			one := xmlHead[:0] + `<question type="essay"><name><text>n</text></name><questiontext format="html"><text>q</text><file name="a.jpg" encoding="base64">` + base64.StdEncoding.EncodeToString(noise(points)) + `</file></questiontext></question>`
			return heaptest.Repeated(long, xmlHead+"<quiz>", one, "</quiz>")
		}
	}
	add("moodlexml", "one large picture", photo(2400))
}

// noise makes a photograph that cannot be packed.
func noise(side int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	points := image.NewNRGBA(image.Rect(0, 0, side, side))
	for i := range points.Pix {
		points.Pix[i] = byte(r.Uint32())
	}
	points.Set(0, 0, color.White)
	var out bytes.Buffer
	_ = jpeg.Encode(&out, points, &jpeg.Options{Quality: 90}) // a buffer takes everything
	return out.Bytes()
}

const (
	itemHead = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false" timeDependent="false">`
	declared = `<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>`
	choices  = `<itemBody><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>`
	options  = `</prompt><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice></choiceInteraction></itemBody></assessmentItem>`
)

// qtiItems adds files that are one item.
func qtiItems(repeated repeater) {
	repeated("qti21", "one prompt", itemHead+declared+choices, "word ", options)
	repeated("qti30", "attributes", `<qti-assessment-item identifier="i" `, `a="" `, `></qti-assessment-item>`)
}

func manifest(n int, media string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><resources>`)
	for i := range n {
		fmt.Fprintf(&out, `<resource identifier="r%d" type="imsqti_item_xmlv2p1" href="i%[1]d.xml"><file href="i%[1]d.xml"/>%s</resource>`, i, media)
	}
	out.WriteString(`</resources></manifest>`)
	return out.String()
}

// packages adds packages of items.
func packages(t *testing.T, add adder) {
	filled := func(n, kilobytes int) func() []byte {
		return func() []byte {
			parts := []heaptest.Part{{Name: "imsmanifest.xml", Before: manifest(n, "")}}
			for i := range n {
				parts = append(parts, heaptest.Part{Name: fmt.Sprintf("i%d.xml", i), Before: itemHead + declared + choices + fmt.Sprint(i), Text: tight(500), Times: 2 * kilobytes, After: options})
			}
			return heaptest.Zip(t, parts...)
		}
	}
	add("qti21", "600 items of 10 KB", filled(600, 10))
	add("qti21", "a manifest of 8 MB", func() []byte {
		return heaptest.Zip(t, heaptest.Part{Name: "imsmanifest.xml", Before: `<manifest><resources>`, Text: strings.Repeat(`<resource type="imsqti_item_xmlv2p1" href="a`+heaptest.Words(20)+`"/>`, 100), Times: 1000, After: `</resources></manifest>`})
	})
	add("qti21", "one item without a manifest", func() []byte {
		return heaptest.Zip(t, heaptest.Part{Name: "a.xml", Before: itemHead, Text: tight(1000), Times: 200 << 10})
	})
	shown := func(different, side int) func() []byte {
		return func() []byte {
			photo := string(noise(side))
			parts := []heaptest.Part{{Name: "imsmanifest.xml", Before: manifest(100, `<file href="p.jpg"/>`)}}
			for i := range different {
				parts = append(parts, heaptest.Part{Name: fmt.Sprintf("p%d.jpg", i), Before: photo})
			}
			for i := range 100 {
				parts = append(parts, heaptest.Part{Name: fmt.Sprintf("i%d.xml", i), Before: itemHead + declared + `<itemBody>` + fmt.Sprintf(`<p><img src="p%d.jpg"/></p>`, i%different) + choices[len(`<itemBody>`):] + "q" + options})
			}
			return heaptest.Zip(t, parts...)
		}
	}
	add("qti21", "one picture in each item", shown(1, 600))
	add("qti21", "a large picture in each item", func() []byte {
		parts := []heaptest.Part{{Name: "imsmanifest.xml", Before: manifest(3, "")}}
		for i := range 3 {
			parts = append(parts, heaptest.Part{Name: fmt.Sprintf("p%d.png", i), Before: blank(2800)},
				heaptest.Part{Name: fmt.Sprintf("i%d.xml", i), Before: itemHead + declared + `<itemBody>` + fmt.Sprintf(`<p><img src="p%d.png"/></p>`, i) + choices[len(`<itemBody>`):] + "q" + options})
		}
		return heaptest.Zip(t, parts...)
	})
}

// blank makes a picture of many points and few bytes.
func blank(side int) string {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, side, side))) // a buffer takes everything
	return out.String()
}

// tight gives n bytes that pack to a little more than a hundredth, so that the
// limit of how tightly a file may be packed does not refuse them.
func tight(n int) string {
	return heaptest.Words(n/200) + strings.Repeat("x ", (n-n/200)/2)
}

// sheets adds workbooks.
func sheets(t *testing.T, add adder) {
	book := func(parts ...heaptest.Part) func() []byte {
		return func() []byte { return heaptest.Workbook(t, parts...) }
	}
	sheet := func(row string, times int) heaptest.Part {
		return heaptest.Part{Name: heaptest.Sheet, Before: heaptest.SheetHead + heaptest.Row("kind", "question", "option_a", "option_b", "option_c", "answer"), Text: row, Times: times, After: heaptest.SheetEnd}
	}
	add("sheet", "20,000 rows", book(sheet(heaptest.Row("single", heaptest.Words(100)+strings.Repeat("word ", 160), "one", "two", "three", "a"), 20_000)))
	add("sheet", "200,000 short rows", book(sheet(strings.Repeat(heaptest.Row("a", "b"), 4)+heaptest.Row(heaptest.Words(10), "a"), 60_000)))
	add("sheet", "rows of many cells", book(sheet(heaptest.Row(strings.Split(heaptest.Words(20_000), " ")...), 100)))
	add("sheet", "the last column", book(sheet(strings.Repeat(`<row><c r="XFD1" t="str"><v>a</v></c></row>`, 10), 40_000)))
	add("sheet", "shared strings", book(sheet(heaptest.Row("single"), 1), heaptest.Part{Name: "xl/sharedStrings.xml", Before: `<sst>`, Text: strings.Repeat(`<si><t>a</t></si>`, 50) + `<si><t>` + heaptest.Words(20) + `</t></si>`, Times: 50_000, After: `</sst>`}))
	add("sheet", "one shared string", book(sheet(heaptest.Row("single"), 1), heaptest.Part{Name: "xl/sharedStrings.xml", Before: `<sst><si><t>`, Text: tight(1000), Times: 44_000, After: `</t></si></sst>`}))
	add("sheet", "styles", book(sheet(heaptest.Row("single"), 1), heaptest.Part{Name: "xl/styles.xml", Before: `<styleSheet><cellXfs>`, Text: strings.Repeat(`<xf/>`, 200) + `<xf numFmtId="` + heaptest.Words(10) + `"/>`, Times: 45_000, After: `</cellXfs></styleSheet>`}))
	add("sheet", "attributes", book(heaptest.Part{Name: heaptest.Sheet, Before: `<worksheet `, Text: strings.Repeat(`a="" `, 150) + heaptest.Words(6) + `="" `, Times: 60_000, After: `/>`}))
}
