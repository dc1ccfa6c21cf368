package bank

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/interchange"
	"muster/internal/question"
)

// maxPicturesOut is how many bytes the pictures of an export may have: in base64
// they are as long as the longest file that is imported.
const maxPicturesOut = MaxFile / 4 * 3

// endings are those of the files that pictures are exported as.
var endings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}

// ours finds the pictures of a file that are kept just as they stand in it: what
// was exported from here is not encoded anew, and so is known again.
func (i *importing) ours(ctx context.Context, items []interchange.Item) (map[question.PictureID]Picture, error) {
	var prints question.Question
	for _, item := range items {
		for _, m := range item.Media {
			prints.Pictures = append(prints.Pictures, question.Picture{ID: m.Print})
		}
	}
	return i.Bank.known(ctx, prints)
}

// pictures says which pictures a question of a file shows, each once, and which of
// them are to be kept.
func (i *importing) pictures(actor identity.Actor, item interchange.Item, ours map[question.PictureID]Picture) (shown []question.Picture, kept []Picture) {
	for _, m := range item.Media {
		p, known := ours[m.Print]
		if !known {
			p = i.Bank.picture(actor.ID, m)
		}
		if slices.ContainsFunc(shown, func(s question.Picture) bool { return s.ID == p.ID }) {
			continue
		}
		if !known {
			kept = append(kept, p)
		}
		shown = append(shown, question.Picture{ID: p.ID, Alt: i.alt(item, m.Alt), Width: p.Width, Height: p.Height})
	}
	return shown, kept
}

// alt shortens what a picture is said to show, and says so.
func (i *importing) alt(item interchange.Item, alt string) string {
	if utf8.RuneCountInString(alt) <= question.MaxAlt {
		return alt
	}
	i.findings.Warnf(item.Line, item.Called(), "What is said of a picture is longer than %d characters; the rest is left out.", question.MaxAlt)
	return strings.TrimSpace(string([]rune(alt)[:question.MaxAlt]))
}

// hang gives items the pictures that their questions show. A format that carries
// none is told of them without their bytes. Invalid where they are more than a
// file takes.
func (x *Exchange) hang(ctx context.Context, format interchange.Format, items []interchange.Item) error {
	bytes := 0
	for i := range items {
		item := &items[i]
		for n, shown := range item.Question.Pictures {
			m := interchange.Media{Name: "picture-" + strconv.Itoa(n+1), Alt: shown.Alt, Width: shown.Width, Height: shown.Height}
			if format.Pictures {
				p, err := x.Bank.Pictures.Picture(ctx, shown.ID)
				if err != nil {
					return err
				}
				if bytes += len(p.Data); bytes > maxPicturesOut {
					return errs.InvalidField("filter", "The pictures of these questions have more than %d MB in all: choose fewer questions.", maxPicturesOut>>20)
				}
				m.Name, m.Type, m.Data = m.Name+endings[p.Type], p.Type, p.Data
			}
			item.Media = append(item.Media, m)
		}
		item.Question.Pictures = nil // they are the item's now
	}
	return nil
}
