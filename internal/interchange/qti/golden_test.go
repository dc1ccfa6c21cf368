package qti_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/formats"
	"muster/internal/interchange/qti"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden: a question of each kind is packed as it was when somebody last held
// it against the schema of 1EdTech.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, f := range []interchange.Format{qti.Format21(), qti.Format30()} {
		name := "testdata/examples-" + f.Name + ".txt"
		file, _, err := f.Write(formats.Examples())
		if err != nil {
			t.Fatal(err)
		}
		got := unpacked(t, file)
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// unpacked gives the files of a package one after the other.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		out.WriteString("== " + f.Name + "\n" + string(text))
	}
	return out.String()
}
