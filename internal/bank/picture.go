package bank

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/interchange"
	"muster/internal/interchange/picture"
	"muster/internal/question"
)

// ActionPicture is the audit action of keeping a picture.
const ActionPicture audit.Action = "picture.add"

// drawersAtOnce is how many pictures are encoded anew side by side: each may take
// 100 MB.
const drawersAtOnce = 2

// Picture is a picture that questions show: encoded anew, named by its bytes, and
// never changed.
type Picture struct {
	ID            question.PictureID
	Type          string // image/png or image/jpeg
	Data          []byte
	Width, Height int // points
	By            identity.UserID
	At            time.Time
}

// Gallery keeps pictures.
type Gallery interface {
	// KeepPicture keeps a picture; one that is there already stays as it is.
	KeepPicture(ctx context.Context, p Picture, entry audit.Entry) error
	// Picture reads a picture. NotFound.
	Picture(ctx context.Context, id question.PictureID) (Picture, error)
	// KnownPictures reads which of some pictures are there, with all but their bytes.
	KnownPictures(ctx context.Context, ids []question.PictureID) (map[question.PictureID]Picture, error)
}

// AddPicture encodes a file anew and keeps it, for questions to show. Forbidden;
// Invalid for what is no picture that can be kept.
func (s *Service) AddPicture(ctx context.Context, actor identity.Actor, file []byte) (Picture, error) {
	if err := admit(actor); err != nil {
		return Picture{}, err
	}
	media, err := s.drawn(ctx, file)
	if err != nil {
		return Picture{}, err
	}
	p := s.picture(actor.ID, media)
	return p, s.Pictures.KeepPicture(ctx, p, audit.Entry{
		At: p.At, Actor: string(actor.ID), Action: ActionPicture, Object: string(p.ID), Detail: fmt.Sprintf(`{"bytes":"%d"}`, len(p.Data)),
	})
}

// Picture reads a picture, for anybody who knows its name. NotFound.
func (s *Service) Picture(ctx context.Context, id question.PictureID) (Picture, error) {
	return s.Pictures.Picture(ctx, id)
}

// drawn encodes a file anew, when its turn comes.
func (s *Service) drawn(ctx context.Context, file []byte) (interchange.Media, error) {
	if err := s.drawing.enter(ctx); err != nil {
		return interchange.Media{}, err
	}
	defer s.drawing.leave()
	media, err := picture.Clean("", file)
	advice := "Save it as PNG or JPEG"
	if errors.Is(err, picture.ErrLarge) {
		advice = "Make it smaller"
	}
	if err != nil {
		return interchange.Media{}, errs.InvalidField("file", "The picture cannot be kept: %v. %s, then add it again.", err, advice)
	}
	return media, nil
}

// gate lets so many in at once.
type gate struct {
	once   sync.Once
	places chan struct{}
}

// enter waits for a place. Unavailable where ctx ends first.
func (g *gate) enter(ctx context.Context) error {
	g.once.Do(func() { g.places = make(chan struct{}, drawersAtOnce) })
	select {
	case g.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errs.New(errs.Unavailable, "busy", "Other pictures are being read. Try again in a minute.")
	}
}

func (g *gate) leave() { <-g.places }

func (s *Service) picture(by identity.UserID, m interchange.Media) Picture {
	return Picture{ID: question.NamePicture(m.Data), Type: m.Type, Data: m.Data, Width: m.Width, Height: m.Height, By: by, At: s.now()}
}

// known reads which pictures are there of those that questions show.
func (s *Service) known(ctx context.Context, questions ...question.Question) (map[question.PictureID]Picture, error) {
	var ids []question.PictureID
	for _, q := range questions {
		for _, p := range q.Pictures {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 || s.Pictures == nil {
		return nil, nil
	}
	slices.Sort(ids)
	return s.Pictures.KnownPictures(ctx, slices.Compact(ids))
}

// pictured gives a question with its pictures as wide and high as they are, which
// are known or come with it. Invalid where it shows any other.
func pictured(q question.Question, known map[question.PictureID]Picture, with []Picture) (question.Question, error) {
	q.Pictures = slices.Clone(q.Pictures)
	for i, p := range q.Pictures {
		kept, ok := known[p.ID]
		if n := slices.IndexFunc(with, func(w Picture) bool { return w.ID == p.ID }); !ok && n >= 0 {
			kept, ok = with[n], true
		}
		if !ok {
			return q, errs.InvalidField("pictures", "There is no such picture. Add it to the question again.")
		}
		q.Pictures[i].Width, q.Pictures[i].Height = kept.Width, kept.Height
	}
	return q, nil
}
