package bank_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/bank"
	"muster/internal/interchange"
	"muster/internal/question"
)

// dots is a PNG file, photo a JPEG file that says where it was taken.
func dots(t testing.TB, shade uint8) []byte {
	t.Helper()
	points := image.NewGray(image.Rect(0, 0, 40, 30))
	points.SetGray(3, 3, color.Gray{Y: shade})
	var out bytes.Buffer
	if err := png.Encode(&out, points); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func photo(t testing.TB) []byte {
	t.Helper()
	points := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range points.Pix {
		points.Pix[i] = uint8(i * 7)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, points, nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte{0xff, 0xe1, 0, 22}, "Exif\x00\x00GPS 46.2N 6.1E"...)
	return append(append([]byte{0xff, 0xd8}, exif...), out.Bytes()[2:]...)
}

// pictured is a Moodle question that shows a photograph with a description and a
// drawing without one.
func (w *world) pictured() []byte {
	file := func(name string, data []byte) string {
		return `<file name="` + name + `" encoding="base64">` + base64.StdEncoding.EncodeToString(data) + `</file>`
	}
	return []byte(`<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[Is it? <img src="@@PLUGINFILE@@/a.jpg" alt="A gate"><img src="@@PLUGINFILE@@/b.png">]]></text>` +
		file("a.jpg", photo(w)) + file("b.png", dots(w, 200)) + `</questiontext><generalfeedback><text>So it is.</text></generalfeedback>` +
		`<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`)
}

// TestPicturesComeIn with the questions that show them, encoded anew; a dry run
// keeps none.
func TestPicturesComeIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dry := w.imported(bank.Import{Name: "a.xml", File: w.pictured(), DryRun: true})
	if dry.Pictures != 2 || len(dry.Questions) != 1 || len(dry.Questions[0].Question.Pictures) != 2 {
		t.Fatalf("a dry run = %+v", dry)
	}
	shown := dry.Questions[0].Question.Pictures
	_, err := w.kept.Picture(t.Context(), shown[0].ID)
	w.wantCode("a picture of a dry run", err, "not_found")

	report := w.imported(bank.Import{Name: "a.xml", File: w.pictured()})
	e := w.entry(report.Questions[0].ID)
	if diff := cmp.Diff(shown, e.Question.Pictures); diff != "" || report.Pictures != 2 || len(report.Findings) > 0 {
		t.Errorf("(-dry +real) %+v:\n%s", report, diff)
	}
	if shown[0].Alt != "A gate" || shown[0].Width != 40 || shown[0].Height != 30 || shown[1].Alt != "" {
		t.Errorf("the pictures are %+v", shown)
	}
	told := slices.ContainsFunc(report.Questions[0].Findings, func(f bank.Finding) bool {
		return f.Field == "pictures[1].alt" && f.Severity == bank.Warns
	})
	if !told {
		t.Errorf("nothing is said of a picture without a description: %+v", report.Questions[0].Findings)
	}
	p, err := w.kept.Picture(t.Context(), shown[0].ID)
	w.must(err)
	if p.Type != "image/jpeg" || p.By != marta.ID || bytes.Contains(p.Data, []byte("Exif")) || question.NamePicture(p.Data) != p.ID {
		t.Errorf("kept as %s of %s with %d bytes", p.Type, p.By, len(p.Data))
	}
	if again := w.imported(bank.Import{Name: "a.xml", File: w.pictured()}); again.Known != 1 || again.Created != 0 {
		t.Errorf("the same file again: %+v", again)
	}
}

// TestPicturesThereAndBack: an export carries the pictures byte for byte, so that
// the bank knows the questions again, and another bank gets them too.
func TestPicturesThereAndBack(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"moodlexml", "qti21", "qti30"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			here, there := newWorld(t), newWorld(t)
			report := here.imported(bank.Import{Name: "a.xml", File: here.pictured(), Tags: []string{"seen"}})
			want := here.entry(report.Questions[0].ID).Question.Pictures
			file, err := here.exchange().Export(t.Context(), marta, bank.Filter{Tag: "seen"}, format)
			here.must(err)
			if file.Count != 1 || len(file.Findings) > 0 {
				t.Fatalf("%+v", file.Findings)
			}
			if again := here.imported(bank.Import{Name: file.Name, File: file.File}); again.Known != 1 || again.Created != 0 {
				t.Errorf("its own export again: %+v", again)
			}
			back := there.imported(bank.Import{Name: file.Name, File: file.File})
			got := there.entry(back.Questions[0].ID).Question.Pictures
			if len(got) != 2 || got[0].Alt != want[0].Alt || got[0].Width != 40 || got[1].ID != want[1].ID {
				t.Errorf("another bank has %+v, want %+v", got, want)
			}
			for _, p := range got {
				if _, err := there.kept.Picture(t.Context(), p.ID); err != nil {
					t.Errorf("%s: %v", p.ID, err)
				}
			}
		})
	}
}

// TestPicturesThatAreLeftOut are named: formats of text carry none, and an export
// takes no more than a file.
func TestPicturesThatAreLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.imported(bank.Import{Name: "a.xml", File: w.pictured(), Tags: []string{"seen"}})
	for _, format := range []string{"gift", "sheet", "csv"} {
		file, err := w.exchange().Foresee(t.Context(), marta, bank.Filter{Tag: "seen"}, format)
		w.must(err)
		told := slices.ContainsFunc(file.Findings, func(f interchange.Finding) bool { return strings.Contains(f.Message, "pictures") })
		if !told || file.Left() != 0 {
			t.Errorf("%s: %+v", format, file.Findings)
		}
	}
}

// TestAddPicture, by those who keep questions, and what is none.
func TestAddPicture(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, err := w.AddPicture(t.Context(), marta, photo(t))
	w.must(err)
	again, err := w.AddPicture(t.Context(), pavel, photo(t))
	w.must(err)
	if p.ID != again.ID || p.Width != 40 || p.Height != 30 || bytes.Contains(p.Data, []byte("GPS")) {
		t.Errorf("added as %s of %d × %d, then as %s", p.ID, p.Width, p.Height, again.ID)
	}
	if kept, err := w.kept.Picture(t.Context(), p.ID); err != nil || kept.By != marta.ID {
		t.Errorf("the picture is %s's, %v", kept.By, err)
	}
	_, err = w.AddPicture(t.Context(), nobody, dots(t, 1))
	w.wantCode("a trainee's picture", err, "forbidden")
	for name, file := range map[string]string{"a drawing": "<svg xmlns='http://www.w3.org/2000/svg'/>", "a HEIC": "\x00\x00\x00\x18ftypheic", "half": string(photo(t)[:60]), "nothing": ""} {
		_, err := w.AddPicture(t.Context(), marta, []byte(file))
		w.wantCode(name, err, "invalid")
	}
	entries, err := w.kept.AuditEntries(t.Context(), 0, 1000)
	w.must(err)
	if last := entries[len(entries)-1]; last.Action != bank.ActionPicture || last.Object != string(p.ID) {
		t.Errorf("the last deed is %+v", last)
	}
}

// TestQuestionsShowWhatIsThere: no other picture, and each as large as it is.
func TestQuestionsShowWhatIsThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, err := w.AddPicture(t.Context(), marta, dots(t, 9))
	w.must(err)
	q := whole("What does it show?")
	q.Pictures = []question.Picture{{ID: p.ID, Alt: "A dot.", Width: 7, Height: 7}}
	e := w.add(q)
	want := []question.Picture{{ID: p.ID, Alt: "A dot.", Width: 40, Height: 30}}
	if diff := cmp.Diff(want, e.Question.Pictures); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	strange := whole("And this?")
	strange.Pictures = []question.Picture{{ID: question.NamePicture([]byte("x")), Alt: "Nothing.", Width: 1, Height: 1}}
	added, err := w.Add(t.Context(), marta, []bank.NewQuestion{{Question: strange}})
	w.must(err)
	w.wantCode("a picture that is not there", added[0].Err, "invalid")
	_, err = w.Edit(t.Context(), marta, e.ID(), bank.Edit{Question: strange, Base: e.Version})
	w.wantCode("an edit with one", err, "invalid")
	q.Pictures[0].Alt = "A dot on black."
	edited, err := w.Edit(t.Context(), marta, e.ID(), bank.Edit{Question: q, Base: e.Version})
	w.must(err)
	if got := edited.Question.Pictures[0]; got.Alt != "A dot on black." || got.Width != 40 || edited.Number != 2 {
		t.Errorf("edited to %+v", edited)
	}
}
