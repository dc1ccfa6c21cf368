package identity

import (
	"bytes"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortByName orders a list by names as readers look them up: by letters, and by
// accents and case only where those agree. Databases each have an order of their
// own, so they leave it to this. Equal names stay as they stand.
func SortByName[T any](list []T, name func(T) string) {
	type keyed struct {
		key []byte
		one T
	}
	collator, buffer := collate.New(language.Und), new(collate.Buffer)
	sorted := make([]keyed, len(list))
	for i, one := range list {
		sorted[i] = keyed{collator.KeyFromString(buffer, name(one)), one}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i, s := range sorted {
		list[i] = s.one
	}
}
