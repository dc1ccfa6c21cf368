package question

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamePicture(t *testing.T) {
	t.Parallel()
	if got := NamePicture([]byte("abc")); got != "ba7816bf8f01cfea414140de5dae2223" {
		t.Errorf("NamePicture(abc) = %s", got)
	}
}

func TestPicturesAreValidated(t *testing.T) {
	t.Parallel()
	fine := Picture{ID: NamePicture(nil), Alt: "A gate.", Width: 4, Height: 3}
	with := func(change func(*Picture)) []Picture {
		p := fine
		change(&p)
		return []Picture{p}
	}
	for name, c := range map[string]struct {
		pictures []Picture
		field    string // that is found, "" = none
		advice   bool
	}{
		"none":            {nil, "", false},
		"one":             {[]Picture{fine}, "", false},
		"no description":  {with(func(p *Picture) { p.Alt = " " }), "pictures[0].alt", true},
		"a long one":      {with(func(p *Picture) { p.Alt = strings.Repeat("é", MaxAlt+1) }), "pictures[0].alt", false},
		"no name":         {with(func(p *Picture) { p.ID = "../../etc/passwd" }), "pictures[0].id", false},
		"a capital name":  {with(func(p *Picture) { p.ID = PictureID(strings.ToUpper(string(p.ID))) }), "pictures[0].id", false},
		"no height":       {with(func(p *Picture) { p.Height = 0 }), "pictures[0]", false},
		"twice the same":  {[]Picture{fine, fine}, "pictures[1].id", false},
		"more than there": {[]Picture{fine, {NamePicture([]byte{1}), "a", 1, 1}, {NamePicture([]byte{2}), "a", 1, 1}, {NamePicture([]byte{3}), "a", 1, 1}, {NamePicture([]byte{4}), "a", 1, 1}, {NamePicture([]byte{5}), "a", 1, 1}}, "pictures", false},
	} {
		v := &validation{}
		v.pictures(c.pictures)
		if c.field == "" && len(v.problems) == 0 {
			continue
		}
		if len(v.problems) != 1 || v.problems[0].Field != c.field || v.problems[0].Advice != c.advice {
			t.Errorf("%s is found as %+v, want one of %q", name, v.problems, c.field)
		}
	}
}

// TestPicturesStandOnPapers, and a question without any is the document that it
// was before there were pictures.
func TestPicturesStandOnPapers(t *testing.T) {
	t.Parallel()
	q := Question{ID: "a.b.c", Kind: Numeric, Stem: "How many?", Pictures: []Picture{{ID: NamePicture(nil), Alt: "Three jeeps.", Width: 4, Height: 3}}}
	if diff := cmp.Diff(q.Pictures, Show(q, 1).Pictures); diff != "" {
		t.Error(diff)
	}
	if problems := Validate(Question{Kind: Numeric, Pictures: []Picture{{}}}); !strings.Contains(cmp.Diff(problems, nil), "pictures[0].id") {
		t.Errorf("a picture without a name is not found: %+v", problems)
	}
	q.Pictures = nil
	if doc, _, err := Encode(q); err != nil || strings.Contains(string(doc), "pictures") {
		t.Errorf("Encode gives %s, %v", doc, err)
	}
}
