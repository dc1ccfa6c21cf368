// Package boundedxml reads XML that strangers send, token by token, and gives up
// where one token is longer, one element deeper or richer in attributes than
// anybody writes them. The reader of the standard library takes any number of
// each, at many times the memory of the file.
//
// It must not know what an element means.
package boundedxml

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
)

// Limits of what is read.
const (
	maxDepth  = 256
	maxQuotes = 100_000 // in one token; each attribute has two
)

// Errors of a Decoder, beside those of the XML itself.
var (
	ErrAttributes = errors.New("an element has too many attributes")
	ErrDeep       = errors.New("the elements are nested too deeply")
	ErrLong       = errors.New("a text or an element is too long")
)

// Decoder reads tokens.
type Decoder struct {
	*xml.Decoder
	in    *source
	depth int
}

// New reads XML of which no token has more than longest bytes.
func New(in io.Reader, longest int) *Decoder {
	bytes, ok := in.(io.ByteReader)
	if !ok {
		bytes = bufio.NewReader(in)
	}
	s := &source{in: bytes, longest: longest}
	return &Decoder{Decoder: xml.NewDecoder(s), in: s}
}

// Token gives the next token; io.EOF at the end.
func (d *Decoder) Token() (xml.Token, error) {
	d.in.quotes, d.in.length = 0, 0
	token, err := d.Decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if d.depth++; d.depth > maxDepth {
			return nil, ErrDeep
		}
	case xml.EndElement:
		d.depth--
	}
	return token, err
}

// source hands out bytes and counts those of the token.
type source struct {
	in                      io.ByteReader
	quotes, length, longest int
}

// ReadByte gives the next byte.
func (s *source) ReadByte() (byte, error) {
	c, err := s.in.ReadByte()
	if c == '"' || c == '\'' {
		s.quotes++
	}
	s.length++
	switch {
	case err != nil:
		return 0, err
	case s.length > s.longest:
		return 0, ErrLong
	case s.quotes > maxQuotes:
		return 0, ErrAttributes
	}
	return c, nil
}

// Read gives one byte; the decoder asks for bytes alone.
func (s *source) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := s.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}
