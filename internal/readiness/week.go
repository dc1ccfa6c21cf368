package readiness

import (
	"slices"
	"time"
)

// mostWeeks bounds the plan that is told, to either side of today.
const mostWeeks = 52

// weeks tells done and planned at each week's end, from the first thing done or
// due to the last due or today.
func (a *Assessor) weeks(members []*Member) []Week {
	var done, due []string // dates
	total := 0
	for _, m := range members {
		for _, t := range m.Tasks {
			total++
			if t.DueOn != "" {
				due = append(due, t.DueOn)
			}
			if at := completedAt(m.Summary, t); !at.IsZero() {
				done = append(done, at.UTC().Format(time.DateOnly))
			}
		}
	}
	if total == 0 {
		return nil
	}
	slices.Sort(done)
	slices.Sort(due)
	today := a.Now.UTC().Format(time.DateOnly)
	tasks := make([][]dated, len(members))
	for i, m := range members {
		tasks[i] = datedTasks(m)
	}
	var weeks []Week
	for _, date := range weekEnds(done, due, a.Now) {
		w := Week{Date: date, Planned: share(due, date, total)}
		if date <= today {
			reached := share(done, date, total)
			w.Done = &reached
		}
		for _, own := range tasks {
			w.Late += one(lateOn(own, date))
		}
		weeks = append(weeks, w)
	}
	return weeks
}

// dated is when a task was due and when it was done, dates; "" = never.
type dated struct{ due, done string }

func datedTasks(m *Member) []dated {
	tasks := make([]dated, len(m.Tasks))
	for i, t := range m.Tasks {
		tasks[i].due = t.DueOn
		if at := completedAt(m.Summary, t); !at.IsZero() {
			tasks[i].done = at.UTC().Format(time.DateOnly)
		}
	}
	return tasks
}

// lateOn says whether something was due by a day's end and not done.
func lateOn(tasks []dated, day string) bool {
	return slices.ContainsFunc(tasks, func(t dated) bool {
		return t.due != "" && t.due <= day && (t.done == "" || t.done > day)
	})
}

// weekEnds lists every seventh day back and forth from today, from the last one
// before the first date to the first one that is not before the last.
func weekEnds(done, due []string, now time.Time) []string {
	today := now.UTC().Format(time.DateOnly)
	first, last := today, today
	for _, dates := range [][]string{done, due} {
		if len(dates) > 0 {
			first, last = min(first, dates[0]), max(last, dates[len(dates)-1])
		}
	}
	day := func(week int) string { return now.UTC().AddDate(0, 0, 7*week).Format(time.DateOnly) }
	from, to := 0, 0
	for from > -mostWeeks && day(from) >= first {
		from--
	}
	for to < mostWeeks && day(to) < last {
		to++
	}
	var ends []string
	for week := from; week <= to; week++ {
		ends = append(ends, day(week))
	}
	return ends
}

// share gives how many of the sorted dates have come by a date, of total.
func share(sorted []string, by string, total int) float64 {
	n, _ := slices.BinarySearch(sorted, by+"~") // after every date that is by
	return float64(n) / float64(total)
}
