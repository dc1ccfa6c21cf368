package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// maxDepth is how deep a request body may nest.
const maxDepth = 32

var errJSON = errors.New("invalid character: the body is not one readable JSON value")

// unmarshalStrict reads a request body and refuses what other readers of the
// same bytes might understand differently: a key twice, bytes that are not
// UTF-8, anything after the value, deep nesting.
func unmarshalStrict(data []byte, v any) error {
	if _, first := v.(*any); first { // Huma reads each body twice: to check it and to keep it
		if !utf8.Valid(data) {
			return errJSON
		}
		if err := checkKeys(data); err != nil {
			return err
		}
	}
	return json.Unmarshal(data, v)
}

// checkKeys walks the tokens of data.
func checkKeys(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := walk(decoder, 0); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errJSON
	}
	return nil
}

func walk(decoder *json.Decoder, depth int) error {
	token, err := decoder.Token()
	if err != nil || depth > maxDepth {
		return errJSON
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	seen := make(map[string]bool)
	for decoder.More() {
		if delim == '{' {
			key, err := decoder.Token()
			name, isKey := key.(string)
			if err != nil || !isKey || seen[name] {
				return errJSON
			}
			seen[name] = true
		}
		if err := walk(decoder, depth+1); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return errJSON
	}
	return nil
}
