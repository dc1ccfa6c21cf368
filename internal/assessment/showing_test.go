package assessment

import (
	"testing"
	"time"

	"muster/internal/curriculum"
)

// TestClosesForAll: keys that wait for the close wait for the last one that the
// trainee may still use, whatever the attempt was taken under.
func TestClosesForAll(t *testing.T) {
	t.Parallel()
	const friday, sunday, monday = "2027-01-15T08:00:00Z", "2027-01-17T08:00:00Z", "2027-01-18T08:00:00Z"
	quiz := func(closes string) curriculum.Quiz { return curriculum.Quiz{Slug: "bank.exam", ClosesAt: closes} }
	for name, tt := range map[string]struct {
		taken, now, override, want string
	}{
		"nothing changed":             {friday, friday, "", friday},
		"published again, later":      {friday, sunday, "", sunday},
		"published again, earlier":    {sunday, friday, "", sunday},
		"an exception later":          {friday, friday, monday, monday},
		"an exception earlier":        {friday, sunday, friday, sunday},
		"taken under an earlier one":  {friday, sunday, "", sunday},
		"it does not close any more":  {friday, "", "", ""},
		"it never closed when taken":  {"", friday, "", ""},
		"an exception on an open end": {friday, "", monday, ""},
	} {
		c := (&curriculum.Catalogue{}).Indexed()
		c.PublishQuizzes([]curriculum.Quiz{quiz(tt.now)}, nil)
		s := &Service{Catalogue: c}
		if got := s.closes(quiz(tt.taken), curriculum.Override{ClosesAt: tt.override}); !got.Equal(moment(tt.want)) {
			t.Errorf("%s: closes %s, want %q", name, got.Format(time.RFC3339), tt.want)
		}
	}
}
