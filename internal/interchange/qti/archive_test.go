package qti

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/errs"
	"muster/internal/interchange"
	"muster/internal/question"
)

// zipOf packs names and texts in turn.
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func listing(resources string) string {
	return `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>` + resources + `</resources></manifest>`
}

func itemAt(href string) string {
	return `<resource identifier="r" type="imsqti_item_xmlv2p1" href="` + href + `"><metadata><lom><general><keyword><string>law</string></keyword></general>` +
		`<classification><taxonPath><taxon><entry><string>A</string></entry></taxon><taxon><entry><langstring>B</langstring></entry></taxon></taxonPath></classification></lom></metadata></resource>`
}

func good() string { return one(declared("identifier", "single", correct("A")), choose("1"), matched) }

func TestPackages(t *testing.T) {
	t.Parallel()
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	shows := strings.Replace(good(), "<itemBody>", `<itemBody><p><img src="../media/a%20b.png" alt="A  dot"/></p>`, 1)
	shows = strings.Replace(shows, `<simpleChoice identifier="A">`, `<simpleChoice identifier="A"><img src="../media/a%20b.png" alt="the key"/>`, 1)
	file := zipOf(t, "course/imsmanifest.xml", listing(itemAt("items/1.xml")+itemAt("items/gone.xml")+itemAt("../../etc/passwd")+itemAt("items/bad.xml")+`<resource type="imsqti_test_xmlv2p1" href="t.xml"/>`),
		"course/items/1.xml", shows, "course/items/bad.xml", "<assessmentItem>", "course/media/a b.png", dot.String(), "inner.zip", "PK")
	items, findings, err := read(t.Context(), file, interchange.Usual())
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %+v, %v", len(items), findings, err)
	}
	i := items[0]
	if strings.Join(i.Tags, " ") != "law" || strings.Join(i.Category, "/") != "A/B" || len(i.Media) != 1 || i.Media[0].Name != "a b.png" || i.Media[0].Alt != "A dot" || i.Media[0].Width != 2 {
		t.Errorf("read as %+v", i)
	}
	told := slices.ContainsFunc(findings, func(f interchange.Finding) bool { return strings.Contains(f.Message, "it stands in an option") })
	if !told {
		t.Errorf("nothing is said of the picture of an option: %+v", findings)
	}
	mistakes := 0
	for _, f := range findings {
		if f.Severity == interchange.Error {
			mistakes++
		}
	}
	if mistakes != 3 {
		t.Errorf("found %+v, want 3 errors", findings)
	}
	bare, _, err := read(t.Context(), zipOf(t, "a.xml", good(), "b.txt", "x"), interchange.Usual())
	if err != nil || len(bare) != 1 {
		t.Errorf("without a manifest: %d items, %v", len(bare), err)
	}
}

// lying is a package whose header says that a file is short.
func lying(t *testing.T) []byte {
	file := zipOf(t, "imsmanifest.xml", strings.Repeat("<a>", 1<<20))
	at := bytes.LastIndex(file, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(file[at+24:], 16)
	return file
}

// overlapping is a package in which two files are the same bytes.
func overlapping(t *testing.T) []byte {
	file := zipOf(t, "imsmanifest.xml", listing(""), "b.xml", good())
	first := bytes.Index(file, []byte("PK\x01\x02"))
	second := first + 4 + bytes.Index(file[first+4:], []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(file[second+42:], 0) // where the second file begins
	return file
}

// linked is a package with a link out of it.
func linked(t *testing.T) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: "imsmanifest.xml"}
	header.SetMode(fs.ModeSymlink | 0o777)
	w, err := z.CreateHeader(header)
	if err == nil {
		_, err = w.Write([]byte("/etc/passwd"))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// quine is a package that holds its own bytes, as far as a header can say so.
func quine() []byte {
	var out bytes.Buffer
	body := []byte("imsmanifest.xml")
	sum := crc32.ChecksumIEEE(body)
	local := []byte{'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0}
	out.Write(local)
	_ = binary.Write(&out, binary.LittleEndian, []uint32{sum, 0xffffff, 0xffffff})
	_ = binary.Write(&out, binary.LittleEndian, []uint16{uint16(len(body)), 0})
	out.Write(body)
	out.WriteString("PK\x01\x02")
	out.Write(make([]byte, 42))
	return out.Bytes()
}

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	many := []string{}
	for i := range 2100 {
		many = append(many, "f"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+time.Duration(i).String(), "")
	}
	for name, file := range map[string][]byte{
		"an external entity":     []byte(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + good()),
		"a billion laughs":       []byte(`<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><assessmentItem>&b;</assessmentItem>`),
		"deep elements":          []byte("<assessmentItem>" + strings.Repeat("<p>", 100_000)),
		"a path that leaves":     zipOf(t, "../imsmanifest.xml", listing("")),
		"a path of another sort": zipOf(t, `..\imsmanifest.xml`, listing("")),
		"an absolute path":       zipOf(t, "/imsmanifest.xml", listing("")),
		"a drive":                zipOf(t, "c:/imsmanifest.xml", listing("")),
		"a name twice":           zipOf(t, "imsmanifest.xml", listing(""), "./imsmanifest.xml", ""),
		"a link":                 linked(t),
		"a bomb":                 zipOf(t, "imsmanifest.xml", strings.Repeat(" ", 7<<20)),
		"a bomb of an item":      zipOf(t, "imsmanifest.xml", listing(itemAt("i.xml")), "i.xml", strings.Repeat(" ", 1<<20)),
		"a header that lies":     lying(t),
		"files that overlap":     overlapping(t),
		"a quine":                quine(),
		"too many files":         zipOf(t, many...),
		"an old version":         []byte("<questestinterop/>"),
		"a manifest alone":       []byte(listing("")),
		"an empty package":       zipOf(t, "imsmanifest.xml", listing("")),
		"half a package":         zipOf(t, "imsmanifest.xml", listing(""))[:60],
		"nothing":                nil,
	} {
		started := time.Now()
		items, findings, err := read(t.Context(), file, interchange.Usual())
		if errs.KindOf(err) != errs.Invalid || len(items) > 0 {
			t.Errorf("%s: %d items, %v, %v, want it refused", name, len(items), findings, err)
		}
		if took := time.Since(started); took > 30*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestTheContextEndsReading(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, file := range [][]byte{[]byte(good()), zipOf(t, "a.xml", good())} {
		if _, _, err := read(ctx, file, interchange.Usual()); !errors.Is(err, context.Canceled) {
			t.Errorf("read gives %v", err)
		}
	}
}

func TestAFullPackageSaysSo(t *testing.T) {
	t.Parallel()
	truth := true
	items := make([]interchange.Item, 2010)
	for i := range items {
		items[i].Question = question.Question{Kind: question.TrueFalse, Stem: "So?", Truth: &truth}
	}
	file, findings, err := v21.write(items)
	if err != nil || len(findings) != 11 {
		t.Fatalf("found %d, %v", len(findings), err)
	}
	back, _, err := read(t.Context(), file, interchange.Usual())
	if err != nil || len(back) != 1999 {
		t.Errorf("%d items came back, %v", len(back), err)
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file     []byte
		old, new bool
	}{
		"an item of 2.1": {[]byte(good()), true, false},
		"an item of 3.0": {[]byte(`<qti-assessment-item/>`), false, true},
		"a package":      {zipOf(t, "imsmanifest.xml", ""), true, true},
		"another zip":    {zipOf(t, "xl/workbook.xml", ""), false, false},
		"Moodle XML":     {[]byte("<quiz/>"), false, false},
	} {
		if is21, is30 := v21.detect("", c.file), v30.detect("", c.file); is21 != c.old || is30 != c.new {
			t.Errorf("%s: 2.1 %v, 3.0 %v", name, is21, is30)
		}
	}
}
