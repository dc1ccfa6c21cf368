package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/review"
)

// testReviews: remarks come back as they were made, oldest first, with the
// reviewer's name, and each with its entry in the audit trail.
func testReviews(t *testing.T, f *fixture) {
	first := review.Remark{
		ID: "r1", Subject: "patrol.basics", Version: "v1", Verdict: review.Comment, Quote: "Ünïcödé", Text: "Say it in fewer words.",
		Reviewer: trainee, At: started,
	}
	second := review.Remark{ID: "r0", Subject: "patrol.basics", Version: "v1", Verdict: review.Approve, Reviewer: trainee, At: started.Add(time.Second)}
	other := review.Remark{ID: "r2", Subject: "patrol.basics.q1", Version: "v9", Verdict: review.Approve, Reviewer: trainee, At: started}
	for _, r := range []review.Remark{second, other, first} {
		must(t, f.AddRemark(t.Context(), r, entry(audit.Action("review."+r.Verdict), string(r.Subject))))
	}
	if err := f.AddRemark(t.Context(), first, entry("review.comment", "patrol.basics")); err == nil {
		t.Error("the same remark was kept twice")
	}
	first.ReviewerName, second.ReviewerName, other.ReviewerName = "A. Person", "A. Person", "A. Person"
	one, err := f.Remarks(t.Context(), "patrol.basics")
	must(t, err)
	if diff := cmp.Diff([]review.Remark{first, second}, one); diff != "" {
		t.Errorf("Remarks of one subject (-want +got):\n%s", diff)
	}
	all, err := f.Remarks(t.Context(), "")
	must(t, err)
	if diff := cmp.Diff([]review.Remark{first, other, second}, all); diff != "" {
		t.Errorf("Remarks of all (-want +got):\n%s", diff)
	}
	_, err = f.VerifyAudit(t.Context())
	must(t, err)
}
