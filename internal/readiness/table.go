package readiness

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"muster/internal/curriculum"
	"muster/internal/report"
)

// Table is the people of a list as rows, with the figures that the page shows.
func (s *Snapshot) Table(people []*Member) report.Table {
	t := report.Table{
		Title:   s.Cohort.Name,
		Columns: []string{"name", "username", "email", "standing", "progress", "overdue", "last_active", "reasons"},
		Notes: []string{
			"Where people of the cohort stand, forecast for " + s.Day.UTC().Format(time.DateOnly) + ".",
			"Made " + s.Now.UTC().Format(time.RFC3339) + ", " + strconv.Itoa(len(people)) + " people.",
			"progress: share of the steps of what is assigned. overdue: assigned things past their date.",
			"share: of the module's steps. mastery_on_day: mean over its outcomes of what was shown times the chance that it is still recalled on the day.",
		},
	}
	required := s.Required()
	for _, module := range s.Catalogue.Modules {
		if required[module.Slug] {
			for _, figure := range []string{"share", "complete", "mastery_on_day"} {
				t.Columns = append(t.Columns, string(module.Slug)+"."+figure)
			}
		}
	}
	for _, m := range people {
		row := []any{m.Name, m.Username, m.Email, string(m.Standing), m.Progress, m.Overdue, m.LastActive, reasonsText(m.Reasons)}
		for _, st := range m.Modules {
			if required[st.Module] {
				row = append(row, st.Share, st.Complete, figure(st.OnDay))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Required says which modules the cohort assigns.
func (s *Snapshot) Required() map[curriculum.ModuleSlug]bool {
	required := make(map[curriculum.ModuleSlug]bool)
	for _, t := range tasksOf(s.Cohort.Assignments) {
		required[t.Module] = t.Exam == ""
	}
	return required
}

// figure gives a cell: nothing where there is no figure.
func figure(f *float64) any {
	if f == nil {
		return nil
	}
	return *f
}

// reasonsText writes reasons as code, thing and how many.
func reasonsText(reasons []ReasonCount) string {
	var words []string
	for _, c := range reasons {
		thing := string(c.Exam)
		if thing == "" {
			thing = string(c.Module)
		}
		words = append(words, fmt.Sprintf("%s %s %d", c.Code, thing, c.Count))
	}
	return strings.Join(words, "; ")
}
