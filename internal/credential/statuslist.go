package credential

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"fmt"
	"io"

	"muster/internal/errs"
)

// listSize is how many credentials share a list of revocations: the least that
// the W3C allows, so that an entry tells nothing of whose it is.
const listSize = 1 << 17

// MaxLists bounds the numbers of lists.
const MaxLists = 1 << 10

// statusList is a W3C BitstringStatusListCredential.
type statusList struct {
	Context   []string   `json:"@context"`
	ID        string     `json:"id"`
	Type      []string   `json:"type"`
	Issuer    string     `json:"issuer"`
	ValidFrom string     `json:"validFrom"`
	Subject   statusBits `json:"credentialSubject"`
}

type statusBits struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Purpose string `json:"statusPurpose"`
	Bits    string `json:"encodedList"` // u, base64url of gzip; the first index is the highest bit
}

func (s *Service) listURL(number int) string {
	return fmt.Sprintf("%s/api/v1/credentials/status/%d", s.Site, number)
}

// StatusList signs the list of a number, from 1. NotFound.
func (s *Service) StatusList(ctx context.Context, number int) (string, error) {
	if number < 1 || number > MaxLists {
		return "", errs.Missing("list")
	}
	first := (number - 1) * listSize
	revoked, err := s.Store.RevokedCredentials(ctx, first, first+listSize)
	if err != nil {
		return "", err
	}
	bits := make([]byte, listSize/8)
	for _, i := range revoked {
		bits[(i-first)/8] |= 0x80 >> ((i - first) % 8)
	}
	now := s.Now()
	list := statusList{
		Context: []string{contextVC}, ID: s.listURL(number), Type: []string{"VerifiableCredential", "BitstringStatusListCredential"},
		Issuer: s.Site, ValidFrom: stamp(now),
		Subject: statusBits{ID: s.listURL(number) + "#list", Type: "BitstringStatusList", Purpose: "revocation", Bits: packBits(bits)},
	}
	return s.sign(list, claims{Issuer: s.Site, ID: list.ID, Subject: list.Subject.ID, NotBefore: now.Unix()})
}

func packBits(bits []byte) string {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = writer.Write(bits) // into memory: never fails
	_ = writer.Close()
	return "u" + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// unpackBits reads what packBits wrote, and no more than a list holds.
func unpackBits(text string) ([]byte, error) {
	if text == "" || text[0] != 'u' {
		return nil, fmt.Errorf("the list is not in base64url")
	}
	packed, err := base64.RawURLEncoding.DecodeString(text[1:])
	if err != nil {
		return nil, err
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(reader, listSize/8+1))
}
