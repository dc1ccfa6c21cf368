package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestScanner: what encoding/csv writes is read as it was, each row on its line.
func TestScanner(t *testing.T) {
	t.Parallel()
	cell := rapid.StringMatching(`[a ,;"\n']{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 1, 4).Draw(t, "rows")
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		s := scanner{text: out.String(), line: 1, sign: ','}
		at := 1
		for _, want := range rows {
			line, got, wrong := s.next()
			if diff := cmp.Diff(want, got); diff != "" || wrong != "" || line != at {
				t.Fatalf("line %d of %q, want %d: %s %s", line, out.String(), at, wrong, diff)
			}
			at += 1 + strings.Count(strings.Join(want, ""), "\n")
		}
		if s.text != "" {
			t.Fatalf("%q is left", s.text)
		}
	})
}

// TestScannerIsBounded: a row of a million cells costs no more than a wide one.
func TestScannerIsBounded(t *testing.T) {
	t.Parallel()
	s := scanner{text: strings.Repeat(",", 1_000_000) + "\na", line: 1, sign: ','}
	if _, cells, wrong := s.next(); len(cells) != maxColumns+1 || wrong != "" {
		t.Errorf("%d cells, %s", len(cells), wrong)
	}
	if line, cells, _ := s.next(); line != 2 || len(cells) != 1 {
		t.Errorf("then line %d, %v", line, cells)
	}
	for text, want := range map[string]string{`"a" b,c`: "something else", `"a`: "not closed", `a "b" c`: ""} {
		s := scanner{text: text, line: 1, sign: ','}
		if _, _, wrong := s.next(); want == "" && wrong != "" || !strings.Contains(wrong, want) {
			t.Errorf("%q: %q, want %q", text, wrong, want)
		}
	}
}
