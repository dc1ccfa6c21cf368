package question

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Identify gives every option, item and pair of q its id. Ids depend only on
// the question's id, the part and the text: they survive a reordering, and
// their order says nothing about which is right.
func Identify(q *Question) {
	id := func(part, text string) OptionID {
		sum := sha256.Sum256([]byte(string(q.ID) + "\x00" + part + "\x00" + text))
		return OptionID(base32.HexEncoding.EncodeToString(sum[:5]))
	}
	for i := range q.Options {
		q.Options[i].ID = id("option", q.Options[i].Text)
	}
	for i := range q.Pairs {
		q.Pairs[i].LeftID = id("left", q.Pairs[i].Left)
		q.Pairs[i].RightID = id("right", q.Pairs[i].Right)
	}
	for i := range q.Extra {
		q.Extra[i].ID = id("right", q.Extra[i].Text)
	}
	for i := range q.Sequence {
		q.Sequence[i].ID = id("item", q.Sequence[i].Text)
	}
}

// Encode gives the document that the store keeps and the version that names it.
func Encode(q Question) (doc []byte, version Version, err error) {
	doc, err = json.Marshal(q)
	if err != nil {
		return nil, "", fmt.Errorf("encode question %s: %w", q.ID, err)
	}
	sum := sha256.Sum256(doc)
	return doc, Version(hex.EncodeToString(sum[:16])), nil
}

// Decode reads a document made by Encode.
func Decode(doc []byte) (Question, error) {
	var q Question
	if err := json.Unmarshal(doc, &q); err != nil {
		return Question{}, fmt.Errorf("decode question: %w", err)
	}
	return q, nil
}
