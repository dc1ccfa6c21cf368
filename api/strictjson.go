package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// maxDepth is how deep a request body may nest.
const maxDepth = 32

// maxKeys is how many keys one object may have: more than any that is meant
// for a request has, and few enough to compare each with each.
const maxKeys = 256

var errJSON = errors.New("invalid character: the body is not one readable JSON value")

// unmarshalStrict reads a request body and refuses what other readers of the
// same bytes might understand differently: a key twice or written with
// escapes, bytes that are not UTF-8, deep nesting.
func unmarshalStrict(data []byte, v any) error {
	if _, first := v.(*any); first { // Huma reads each body twice: to check it and to keep it
		if err := checkKeys(data); err != nil {
			return err
		}
	}
	return json.Unmarshal(data, v)
}

// checkKeys looks through the bytes of a JSON value, whose grammar the decoder
// will check, without decoding it.
func checkKeys(data []byte) error {
	if !utf8.Valid(data) {
		return errJSON
	}
	s := scanner{data: data}
	for s.at < len(data) {
		if !s.step() {
			return errJSON
		}
	}
	return nil
}

// scanner walks the brackets and strings of a JSON value.
type scanner struct {
	data []byte
	at   int
	open []level
}

// level is an object or array that is open, with the keys of the object so far.
type level struct {
	object bool
	key    bool // the next string is a key
	keys   [][]byte
}

// step goes over one bracket, comma, string or other byte; false ends it.
func (s *scanner) step() bool {
	c := s.data[s.at]
	s.at++
	switch c {
	case '{', '[':
		s.open = append(s.open, level{object: c == '{', key: c == '{'})
		return len(s.open) <= maxDepth
	case '}', ']':
		if len(s.open) == 0 {
			return false
		}
		s.open = s.open[:len(s.open)-1]
	case ',':
		if n := len(s.open); n > 0 {
			s.open[n-1].key = s.open[n-1].object
		}
	case '"':
		return s.text()
	}
	return true
}

// text goes over a string, and keeps it where it is a key.
func (s *scanner) text() bool {
	start := s.at
	for ; s.at < len(s.data) && s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	if s.at >= len(s.data) {
		return false
	}
	found := s.data[start:s.at]
	s.at++
	n := len(s.open)
	if n == 0 || !s.open[n-1].key {
		return true
	}
	top := &s.open[n-1]
	top.key = false
	if len(top.keys) == maxKeys {
		return false
	}
	for _, key := range top.keys {
		if bytes.Equal(key, found) {
			return false
		}
	}
	top.keys = append(top.keys, found)
	return bytes.IndexByte(found, '\\') < 0 && (n > ownDepth || isLower(found))
}

// ownDepth is how deep the API's own field names go: a batch, its list, an
// event. They are lower case, and Go's decoder would take them in any.
const ownDepth = 3

func isLower(key []byte) bool {
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
