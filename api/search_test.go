package api

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"muster/internal/curriculum"
	"muster/internal/identity"
)

// TestSearchIsSmall: what the site's search looks through is loaded on a bad
// link, with the whole curriculum in it.
func TestSearchIsSmall(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(os.DirFS("../content"))
	if err != nil {
		t.Fatal(err)
	}
	made, err := makePage(catalogueView{c, nil}.search())
	if err != nil {
		t.Fatal(err)
	}
	size := len(made.gzipped())
	t.Logf("the search list is %d bytes, %d compressed", len(made.plain), size)
	if size > 40_000 {
		t.Errorf("the search list is %d bytes compressed, want at most 40 KB", size)
	}
}

// TestSearchHoldsEverything: every lesson, word, section and reference is in the
// list, and a word that stands only in a text leads to it.
func TestSearchHoldsEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list := decode[SearchList](w.call(http.MethodGet, base+"/search", w.person("amina", identity.Trainee), nil).want(http.StatusOK))
	kinds := map[string]int{}
	for _, item := range list.Items {
		kinds[item.Kind]++
		if item.Kind == "lesson" && !slices.Contains(strings.Fields(item.Words), "twice") { // of its key point
			t.Errorf("the words of the lesson are %q", item.Words)
		}
	}
	want := map[string]int{"lesson": 1, "term": len(w.catalogue.Glossary), "reference": len(w.catalogue.References), "section": 0}
	for _, source := range w.catalogue.Sources {
		want["section"] += len(source.Sections)
	}
	for kind, n := range want {
		if kinds[kind] != n {
			t.Errorf("%d of kind %s, want %d", kinds[kind], kind, n)
		}
	}
}
