package api

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/identity"
	"muster/internal/question"
)

// pngFile is a picture as the server keeps it, onePicture its name; hang keeps it.
var (
	pngFile    = encodedFile(func(out *bytes.Buffer) error { return png.Encode(out, image.NewGray(image.Rect(0, 0, 4, 3))) })
	onePicture = string(question.NamePicture(pngFile))
)

func encodedFile(encode func(*bytes.Buffer) error) []byte {
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// hang keeps a picture.
func (w *world) hang(by identity.User) {
	w.Helper()
	p := bank.Picture{ID: question.PictureID(onePicture), Type: "image/png", Data: pngFile, Width: 4, Height: 3, By: by.ID, At: w.clock()}
	w.must(w.server.Bank.Pictures.KeepPicture(w.Context(), p, audit.Entry{At: w.clock(), Actor: string(by.ID), Action: "test.hang", Object: onePicture}))
}

// photograph is a JPEG file that says where it was taken.
func photograph() []byte {
	plain := encodedFile(func(out *bytes.Buffer) error { return jpeg.Encode(out, image.NewRGBA(image.Rect(0, 0, 32, 16)), nil) })
	exif := append([]byte{0xff, 0xe1, 0, 22}, "Exif\x00\x00GPS 46.2N 6.1E"...)
	return append(append([]byte{0xff, 0xd8}, exif...), plain[2:]...)
}

// TestPictures: what a trainer adds is encoded anew and shown to whoever knows its
// name, as a picture and nothing else, for ever.
func TestPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	kept := decode[KeptPicture](w.call(http.MethodPost, base+"/pictures", marta, NewPicture{File: photograph()}).want(http.StatusCreated))
	if kept.Width != 32 || kept.Height != 16 || len(kept.ID) != 32 {
		t.Fatalf("kept as %+v", kept)
	}
	path := base + "/pictures/" + kept.ID
	got := w.call(http.MethodGet, path, "", nil).want(http.StatusOK)
	if len(got.raw) != kept.Bytes || bytes.Contains(got.raw, []byte("Exif")) || bytes.Contains(got.raw, []byte("GPS")) {
		t.Errorf("the picture has %d bytes, want %d without EXIF", len(got.raw), kept.Bytes)
	}
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Content-Disposition": "inline", "Etag": `"` + kept.ID + `"`,
		"Cache-Control": "private, max-age=31536000, immutable",
	} {
		if value := strings.Join(got.header.Values(name), ", "); value != want {
			t.Errorf("%s: %s, want %s", name, value, want)
		}
	}
	if again := w.call(http.MethodGet, path, "", nil, "If-None-Match", `"`+kept.ID+`"`).want(http.StatusNotModified); len(again.raw) != 0 {
		t.Errorf("a picture that the reader has is sent again: %d bytes", len(again.raw))
	}
	for _, id := range []string{strings.Repeat("0", 32), "x", "..%2f..%2fetc%2fpasswd", strings.ToUpper(kept.ID)} {
		w.call(http.MethodGet, base+"/pictures/"+id, "", nil).want(http.StatusNotFound)
	}
	for name, file := range map[string]string{"a drawing": `<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>`, "a HEIC": "\x00\x00\x00\x18ftypheic", "a page": "<html>"} {
		refused := w.call(http.MethodPost, base+"/pictures", marta, NewPicture{File: []byte(file)}).wantCode(http.StatusUnprocessableEntity, "invalid")
		if !strings.Contains(string(refused.raw), "PNG or JPEG") {
			t.Errorf("%s is refused with %s", name, refused.raw)
		}
	}
	w.call(http.MethodPost, base+"/pictures", w.person("amina", identity.Trainee), NewPicture{File: pngFile}).wantCode(http.StatusForbidden, "forbidden")
}

// TestPicturesOnPapers: a trainee gets the picture of a question with what it
// shows in words, in the preview and on the paper.
func TestPicturesOnPapers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	kept := decode[KeptPicture](w.call(http.MethodPost, base+"/pictures", marta, NewPicture{File: pngFile}).want(http.StatusCreated))
	text := decode[BankQuestion](w.call(http.MethodGet, base+"/questions/ground.basics.p1", marta, nil).want(http.StatusOK))
	text.Question.Corrections = []string{"E-1"}
	text.Question.Pictures = []QuestionPicture{{ID: kept.ID, Alt: "A gate.", Width: 1, Height: 1}}
	edit := QuestionEdit{Question: text.Question, BaseVersion: text.Version}
	changed := decode[BankQuestion](w.call(http.MethodPut, base+"/questions/ground.basics.p1", marta, edit).want(http.StatusOK))
	want := QuestionPicture{ID: kept.ID, Alt: "A gate.", Width: 4, Height: 3}
	if len(changed.Question.Pictures) != 1 || changed.Question.Pictures[0] != want {
		t.Fatalf("kept with %+v", changed.Question.Pictures)
	}
	preview := decode[QuestionPreview](w.call(http.MethodPost, base+"/question-previews", marta, PreviewRequest{Question: changed.Question}).want(http.StatusOK))
	if len(preview.Item.Pictures) != 1 || preview.Item.Pictures[0] != want {
		t.Errorf("the preview shows %+v", preview.Item.Pictures)
	}
	w.moveTo(marta, "ground.basics.p1", changed.Version, "review").want(http.StatusOK)
	w.moveTo(marta, "ground.basics.p1", changed.Version, "approved").want(http.StatusOK)
	paper := w.start(w.person("amina", identity.Trainee), "ground.basics.practice")
	for _, q := range paper.Questions {
		if shown := len(q.Pictures) == 1 && q.Pictures[0] == want; shown != (q.ID == "ground.basics.p1") {
			t.Errorf("%s shows %+v", q.ID, q.Pictures)
		}
	}
	text.Question.Pictures[0].ID = strings.Repeat("0", 32)
	w.call(http.MethodPost, base+"/questions", marta, NewBankQuestion{Question: text.Question}).wantCode(http.StatusUnprocessableEntity, "invalid")
}
