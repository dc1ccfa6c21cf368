package readiness

import (
	"bytes"
	"strings"
	"testing"

	"muster/internal/cohort"
	"muster/internal/learning"
	"muster/internal/report"
)

// TestPage: the sheet says the figures of the overview, and can be drawn whoever
// is in the cohort and whatever it is called.
func TestPage(t *testing.T) {
	t.Parallel()
	s := &Snapshot{Assessor: NewAssessor(course(), "2027-04-14", now), Cohort: cohort.Detail{
		Listed:      cohort.Listed{Cohort: cohort.Cohort{Name: "كتيبة المهندسين 7", DeploysOn: "2027-04-14"}},
		Assignments: []cohort.Assignment{{Kind: cohort.KindModule, Slug: "first"}, {Kind: cohort.KindExam, Slug: "final"}},
	}}
	var members []Member
	var summaries []*learning.Summary
	for i, make := range []func() learning.Summary{strong, strong, blank} {
		summary := make()
		members = append(members, Member{Member: cohort.Member{ID: summary.User, Name: string(rune('A' + i))}, Tasks: tasksOf(s.Cohort.Assignments)})
		summaries = append(summaries, &summary)
	}
	s.assess(members, summaries, nil)
	page := s.Page()
	o := s.Overview()
	for i, segment := range page.Segments {
		if segment.Count != o.Standings[Standings[i]] {
			t.Errorf("segment %q has %d people, the overview %d", segment.Label, segment.Count, o.Standings[Standings[i]])
		}
	}
	if bars := page.Sections[1].Bars; len(bars) != 1 || bars[0].Count != 2 || bars[0].Whole != 3 {
		t.Errorf("bars = %+v, want one of 2 in 3 complete", bars)
	}
	if done := page.Sections[2]; len(done.Bars) != 1 || done.Bars[0].Count != 2 || done.Bars[0].Whole != 3 || !strings.HasPrefix(done.Lines[0], "66 % of all that is asked is done.") {
		t.Errorf("done and planned = %+v, want 2 of 3 who passed, and 66 %% done", done)
	}
	if lines := strings.Join(page.Sections[0].Lines, "\n"); len(o.Needs) != len(page.Sections[0].Lines) {
		t.Errorf("needs:\n%s\nwant %d", lines, len(o.Needs))
	}
	for name, p := range map[string]report.Page{"a cohort": page, "nobody": (&Snapshot{Assessor: NewAssessor(course(), "", now)}).Page()} {
		pdf, err := p.Draw()
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || bytes.Count(pdf, []byte("/Type /Page\n")) != 1 {
			t.Errorf("%s: %d bytes, %v, want a PDF of one page", name, len(pdf), err)
		}
	}
}
