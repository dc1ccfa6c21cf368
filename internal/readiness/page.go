package readiness

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/report"
)

// What fits on one sheet.
const (
	mostNeeds   = 8
	mostModules = 12
	mostExams   = 3
)

// Page is the cohort at a glance on one sheet, for a commander: the figures of
// the Overview.
func (s *Snapshot) Page() report.Page {
	o := s.Overview()
	p := report.Page{Title: s.Cohort.Name, Subtitle: s.subtitle(o), MadeAt: s.Now}
	tones := map[Standing]report.Tone{Ready: report.Good, WillLapse: report.Fading, Behind: report.Bad, NotStarted: report.Plain}
	labels := map[Standing]string{Ready: "ready on the day", WillLapse: "will lapse by the day", Behind: "behind", NotStarted: "not started"}
	for _, standing := range Standings {
		p.Segments = append(p.Segments, report.Segment{Label: labels[standing], Count: o.Standings[standing], Tone: tones[standing]})
	}
	p.Sections = []report.Section{{Title: "What needs attention now", Lines: s.needLines(o)}, s.moduleBars(o), {Title: "Done and planned", Bars: s.examBars(o), Lines: planLines(o)}, {Title: "What training has added", Lines: gainLines(o)}}
	p.Notes = []string{
		"Ready: all that is assigned is done, no red line crossed, and every outcome held on the day at " + strconv.Itoa(Target*100) + " % or more.",
		"Held: what was shown in graded answers, times the chance that it is still recalled (FSRS-6). At least " + strconv.Itoa(MinAnswers) + " answers.",
		"Made " + s.Now.UTC().Format("2 January 2006 15:04 MST") + " from the same figures as the dashboard.",
	}
	return p
}

func (s *Snapshot) subtitle(o Overview) string {
	people := fmt.Sprintf("%d people", o.People)
	if s.Cohort.DeploysOn == "" {
		return people + " · no date of deployment: told for today, " + s.Now.UTC().Format("2 January 2006")
	}
	day, err := time.Parse(time.DateOnly, s.Cohort.DeploysOn)
	if err != nil {
		return people
	}
	days := int(day.Sub(s.Now.UTC().Truncate(24*time.Hour)).Hours() / 24)
	switch {
	case days > 1:
		return fmt.Sprintf("%s · deploys on %s, in %d days", people, day.Format("2 January 2006"), days)
	case days == 1:
		return fmt.Sprintf("%s · deploys on %s, tomorrow", people, day.Format("2 January 2006"))
	}
	return fmt.Sprintf("%s · deployed on %s: told for today", people, day.Format("2 January 2006"))
}

// needLines says the needs in words, the most pressing first.
func (s *Snapshot) needLines(o Overview) []string {
	var lines []string
	for _, n := range o.Needs {
		if len(lines) == mostNeeds {
			return append(lines, fmt.Sprintf("and %d more on the dashboard", len(o.Needs)-mostNeeds))
		}
		lines = append(lines, strconv.Itoa(n.People)+" "+s.needWords(n))
	}
	if len(lines) == 0 {
		return []string{"Nobody needs help now."}
	}
	return lines
}

func (s *Snapshot) needWords(n Need) string {
	module, _ := s.Catalogue.Module(n.Module)
	outcome, _ := s.Catalogue.OutcomeByID(n.Outcome)
	switch n.Code {
	case NeedCritical:
		return "crossed a red line at their last check or exam: " + outcome.Text
	case NeedOutcome:
		return "failed the same thing again and again: " + outcome.Text
	case NeedStuck:
		return fmt.Sprintf("tried the check of %s %d times or more without passing", module.Title, StuckAttempts)
	case NeedOverdue:
		return "have something past its date"
	case NeedJoinedLate:
		return "came after a date that their cohort had, and need one of their own"
	case NeedNeverActive:
		return "have done nothing yet"
	case NeedInactive:
		return fmt.Sprintf("are not ready and have done nothing for %d days", int(InactiveAfter.Hours()/24))
	case NeedLapsing:
		return "are ready now and will lapse by the day without a refresher"
	case NeedLateSync:
		return "sent answers long after they gave them"
	}
	return string(n.Code)
}

func (s *Snapshot) moduleBars(o Overview) report.Section {
	section := report.Section{Title: "Required modules: complete (pale) and held on the day (dark)"}
	for _, m := range o.Modules {
		if !m.Required || len(section.Bars) == mostModules {
			continue
		}
		module, _ := s.Catalogue.Module(m.Module)
		section.Bars = append(section.Bars, report.Bar{
			Label: module.Title, Count: m.Complete, Part: min(m.Holding, m.Complete), Whole: o.People,
			Words: fmt.Sprintf("%d complete, %d held, of %d", m.Complete, m.Holding, o.People),
		})
	}
	return section
}

// examBars tells how many people have passed each exam that is asked of the cohort.
func (s *Snapshot) examBars(o Overview) []report.Bar {
	var bars []report.Bar
	for _, asked := range s.Cohort.Assignments {
		exam, ok := s.Catalogue.Quiz(curriculum.QuizSlug(asked.Slug))
		if asked.Kind != cohort.KindExam || !ok || len(bars) == mostExams {
			continue
		}
		passed := 0
		for _, m := range s.Members {
			passed += one(!completedAt(m.Summary, Task{Exam: exam.Slug}).IsZero())
		}
		bars = append(bars, report.Bar{Label: exam.Title, Count: passed, Part: passed, Whole: o.People, Words: fmt.Sprintf("%d passed, of %d", passed, o.People)})
	}
	return bars
}

// planLines says how much of all that is asked is done, beside the plan for today,
// rounded down as on the site.
func planLines(o Overview) []string {
	for _, week := range slices.Backward(o.Weeks) {
		if week.Done != nil {
			return []string{fmt.Sprintf("%.0f %% of all that is asked is done. By the dates it would be %.0f %% today. Late with something: %d of %d.",
				math.Floor(100**week.Done+1e-9), math.Floor(100*week.Planned+1e-9), o.Overdue, o.People)}
		}
	}
	return []string{"Nothing is asked of anybody yet."}
}

func gainLines(o Overview) []string {
	if len(o.Gains) == 0 || !o.Gains[0].Told() {
		return []string{fmt.Sprintf("Fewer than %d people have both a pretest and a check: too few to tell.", MinPairs)}
	}
	g := o.Gains[0]
	return []string{fmt.Sprintf("From %.0f %% before to %.0f %% after, over %d people with both a pretest and a check: %+.0f points (95 %% interval %+.0f to %+.0f).",
		100*g.Before, 100*g.After, g.Pairs, 100*g.Mean, 100*g.Low, 100*g.High)}
}
