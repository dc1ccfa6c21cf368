package question

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of the pictures of a question.
const (
	MaxPictures = 5
	MaxAlt      = 500 // characters
)

// PictureID names a picture by its bytes: the first 32 hex digits of their
// SHA-256. Nobody can guess one.
type PictureID string

// NamePicture gives the name of a picture.
func NamePicture(data []byte) PictureID {
	sum := sha256.Sum256(data)
	return PictureID(hex.EncodeToString(sum[:16]))
}

// whole says whether id has the form of a name.
func (id PictureID) whole() bool {
	raw, err := hex.DecodeString(string(id))
	return err == nil && len(raw) == 16 && strings.ToLower(string(id)) == string(id)
}

// Picture is a picture that a question shows below its stem. Its bytes are kept
// elsewhere, see PictureID.
type Picture struct {
	ID     PictureID `json:"id"`
	Alt    string    `json:"alt,omitempty"` // what it shows, in words; it stands on papers
	Width  int       `json:"width"`         // points
	Height int       `json:"height"`
}

func (v *validation) pictures(list []Picture) {
	if len(list) > MaxPictures {
		v.addf("pictures", "must have at most %d entries, has %d", MaxPictures, len(list))
	}
	seen := map[PictureID]bool{}
	for i, p := range list {
		field := fmt.Sprintf("pictures[%d]", i)
		switch {
		case !p.ID.whole():
			v.addf(field+".id", "must be the name of a picture")
		case seen[p.ID]:
			v.addf(field+".id", "is the same picture again")
		}
		seen[p.ID] = true
		if p.Width < 1 || p.Height < 1 {
			v.addf(field, "must have a width and a height")
		}
		if utf8.RuneCountInString(p.Alt) > MaxAlt {
			v.addf(field+".alt", "must have at most %d characters", MaxAlt)
		}
		if strings.TrimSpace(p.Alt) == "" {
			v.advise(field+".alt", "say in words what it shows, for who cannot see it")
		}
	}
}
