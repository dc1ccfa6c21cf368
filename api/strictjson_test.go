package api

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// TestCheckKeys: what readers of the same bytes might take for different things
// is refused, and nothing else.
func TestCheckKeys(t *testing.T) {
	t.Parallel()
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	keys := func(n int) string {
		object := map[string]int{}
		for i := range n {
			object[strconv.Itoa(i)] = i
		}
		raw, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for text, want := range map[string]bool{
		`{"a":1,"b":{"a":2}}`: true, `[{"a":1},{"a":1}]`: true, `{"a":"b","b":"a"}`: true, `{"a":["a","a"]}`: true, `{"a":"\u0061\"}{"}`: true,
		nested(maxDepth): true, nested(maxDepth + 1): false,
		keys(maxKeys): true, keys(maxKeys + 1): false,
		`{"a":1,"a":1}`: false, `{"a":{"b":1,"b":2}}`: false, `[[{"a":1,"b":2,"a":3}]]`: false,
		`{"A":1}`: false, `{"\u0061":1}`: false, `{"ſeq":1}`: false, `{"events":[{"response":{"Option-A":{"b":1}}}]}`: true,
		`{"events":[{"response":{"Option-A":1,"Option-A":2}}]}`: false, "{\"a\":\"\xff\"}": false, `{"a`: false, `]`: false, `"\`: false,
	} {
		if got := checkKeys([]byte(text)) == nil; got != want {
			t.Errorf("checkKeys(%.60q) accepts it: %v, want %v", text, got, want)
		}
	}
}
