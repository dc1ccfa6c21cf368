package moodlexml_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange/formats"
	"muster/internal/interchange/moodlexml"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden: a question of each kind is written as it was when somebody last
// looked at it.
func TestGolden(t *testing.T) {
	t.Parallel()
	const name = "testdata/examples.xml"
	got, _, err := moodlexml.Format().Write(formats.Examples())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
