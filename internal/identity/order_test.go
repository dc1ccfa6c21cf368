package identity

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSortByName(t *testing.T) {
	t.Parallel()
	want := []string{
		"amina diallo", "Amina Diallo", "Ångström, Åsa", "Banda", "de la Cruz", "Dela Cruz", "Emil", "Émile", "Emily", "Ilse", "İnci", "Ivo",
		"O'Hara", "Øst", "Zoe", "Zoë", "Zola", "Анна", "सलमा", "李",
	}
	for from := range want { // from any order
		got := append(slices.Clone(want[from:]), want[:from]...)
		slices.Reverse(got)
		SortByName(got, func(name string) string { return name })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("SortByName (-want +got):\n%s", diff)
		}
	}
	people := []User{{ID: "1", Name: "Zoë"}, {ID: "2", Name: "Anna"}, {ID: "3", Name: "Zoë"}, {ID: "4", Name: "Zoe\u0308"}}
	SortByName(people, func(u User) string { return u.Name })
	if people[0].ID != "2" || people[1].ID != "1" || people[2].ID != "3" || people[3].ID != "4" {
		t.Errorf("SortByName = %+v, want those of one name as they stood", people)
	}
}

func TestSearchForm(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Amélie": "amelie", "A\u030angström": "angstrom", "İnci": "inci", "ＡＮＮＡ": "anna", "Groß": "gross", "李": "李", "": "", "Ёлка": "елка",
	} {
		if got := SearchForm(name); got != want {
			t.Errorf("SearchForm(%q) = %q, want %q", name, got, want)
		}
	}
}
