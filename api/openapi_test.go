package api

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestOpenAPI holds the committed description against the code's.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := &Server{Catalogue: (&curriculum.Catalogue{}).Indexed()}
	_, described, err := s.build()
	if err != nil {
		t.Fatal(err)
	}
	got, err := described.OpenAPI().YAML()
	if err != nil {
		t.Fatal(err)
	}
	const golden = "openapi.yaml"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the API's description has changed (-committed +now); raise Version and run with -update:\n%s", diff)
	}
}
