package storetest

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/question"
)

func pictureCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a picture stays as it was kept first":   testPictures,
		"pictures come with the questions' step": testPicturesOfSteps,
	}
}

func pictureOf(text string) bank.Picture {
	data := append([]byte{0, 0xff, 0x89}, text...)
	return bank.Picture{ID: question.NamePicture(data), Type: "image/png", Data: data, Width: 40, Height: 30, By: trainee, At: started}
}

func testPictures(t *testing.T, f *fixture) {
	one, other := pictureOf("one"), pictureOf("other")
	must(t, f.KeepPicture(t.Context(), one, entry("picture.add", string(one.ID))))
	changed := one
	changed.Width, changed.Data = 7, []byte("else")
	must(t, f.KeepPicture(t.Context(), changed, entry("picture.add", string(one.ID))))
	got, err := f.Picture(t.Context(), one.ID)
	must(t, err)
	if diff := cmp.Diff(one, got); diff != "" {
		t.Errorf("Picture (-want +got):\n%s", diff)
	}
	_, err = f.Picture(t.Context(), other.ID)
	wantKind(t, "Picture of none", err, errs.NotFound)
	known, err := f.KnownPictures(t.Context(), []question.PictureID{one.ID, other.ID})
	must(t, err)
	one.Data = nil
	if diff := cmp.Diff(map[question.PictureID]bank.Picture{one.ID: one}, known); diff != "" {
		t.Errorf("KnownPictures (-want +got):\n%s", diff)
	}
	strange := pictureOf("strange")
	strange.Type = "image/svg+xml"
	if err := f.KeepPicture(t.Context(), strange, entry("picture.add", "x")); err == nil {
		t.Error("a drawing is kept")
	}
	for _, query := range []string{"UPDATE pictures SET width = 1", "DELETE FROM pictures"} {
		if _, err := f.raw(t).ExecContext(t.Context(), query); err == nil {
			t.Errorf("%s is done", query)
		}
	}
}

func testPicturesOfSteps(t *testing.T, f *fixture) {
	var pictures []bank.Picture
	for _, text := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "a"} { // more than a statement takes, one twice
		pictures = append(pictures, pictureOf(text))
	}
	step := keptStep(t, "patrol.basics.q-1", "What?", func(e *bank.Entry) {
		e.Question.Pictures = []question.Picture{{ID: pictures[0].ID, Alt: "A Gate", Width: 40, Height: 30}}
	})
	put := func(refuse error) error {
		return f.ChangeBank(t.Context(), bank.Selection{}, func([]bank.Entry) (bank.Change, error) {
			return bank.Change{Steps: []bank.Step{step}, Pictures: pictures}, refuse
		})
	}
	if err := put(errRefused); err == nil {
		t.Fatal("a refusal is no error")
	}
	_, err := f.Picture(t.Context(), pictures[0].ID)
	wantKind(t, "a picture of what was refused", err, errs.NotFound)
	must(t, put(nil))
	for _, p := range pictures {
		if got, err := f.Picture(t.Context(), p.ID); err != nil || !bytes.Equal(got.Data, p.Data) {
			t.Errorf("Picture(%s): %v", p.ID, err)
		}
	}
	e, err := f.BankEntry(t.Context(), "patrol.basics.q-1")
	must(t, err)
	if diff := cmp.Diff(step.Entry.Question.Pictures, e.Question.Pictures); diff != "" {
		t.Errorf("the question shows (-want +got):\n%s", diff)
	}
	page, err := f.BankEntries(t.Context(), bank.Filter{Search: "gate", Sort: "id", Limit: 10})
	if must(t, err); page.Total != 1 {
		t.Errorf("a search for what a picture shows finds %d", page.Total)
	}
}
