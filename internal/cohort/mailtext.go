package cohort

import (
	"fmt"
	"strings"
	"time"

	"muster/internal/curriculum"
)

// mostListed is how many things of a sort a mail names; the site has all.
const mostListed = 10

// subject counts what a digest tells. It holds nothing that anybody typed.
func (d Digest) subject() string {
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{
		{len(d.Messages), "new message", "new messages"},
		{len(d.Refreshers), "refresher", "refreshers"},
		{len(d.Assignments), "due date", "due dates"},
	} {
		switch {
		case part.n == 1:
			parts = append(parts, "1 "+part.one)
		case part.n > 1:
			parts = append(parts, fmt.Sprint(part.n, " ", part.many))
		}
	}
	return "Muster: " + strings.Join(parts, ", ")
}

// text writes a digest. Of a message it tells the subject alone: mail passes
// through hands that the site does not.
func (s *Digests) text(to Addressee, d Digest, now time.Time) string {
	var messages, refreshers, soon, late []string
	for _, m := range d.Messages {
		messages = append(messages, oneLine(m.SenderName)+": "+oneLine(m.Subject))
	}
	for _, r := range d.Refreshers {
		refreshers = append(refreshers, s.lesson(r)+", due "+dated(r.DueOn, now))
	}
	for _, a := range d.Assignments {
		if stageOf(a.DueOn, now) == stageLate {
			late = append(late, s.title(a)+", was due "+dated(a.DueOn, now))
		} else {
			soon = append(soon, s.title(a)+", due "+dated(a.DueOn, now))
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Hello %s,\n", oneLine(to.Name))
	section(&text, "New messages for you:", messages)
	section(&text, "Lessons to practise again:", refreshers)
	section(&text, "Due soon:", soon)
	section(&text, "Late:", late)
	fmt.Fprintf(&text, "\nRead and go on here: %s\n\n", s.Site)
	text.WriteString("You get this at most once a day, and only when there is something new.\n")
	return text.String()
}

func section(text *strings.Builder, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(text, "\n%s\n", heading)
	for _, line := range lines[:min(mostListed, len(lines))] {
		fmt.Fprintf(text, "- %s\n", line)
	}
	if more := len(lines) - mostListed; more > 0 {
		fmt.Fprintf(text, "- and %d more\n", more)
	}
}

// oneLine keeps what somebody typed from looking like lines of the mail's own.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// dated tells a date and how far it is: "14 Jan 2027 (in 9 days)".
func dated(date string, now time.Time) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	away := int(day.Sub(now.UTC().Truncate(24*time.Hour)) / (24 * time.Hour))
	far := fmt.Sprintf("in %d days", away)
	switch {
	case away < -1:
		far = fmt.Sprintf("%d days ago", -away)
	case away == -1:
		far = "yesterday"
	case away == 0:
		far = "today"
	case away == 1:
		far = "tomorrow"
	}
	return day.Format("2 Jan 2006") + " (" + far + ")"
}

// title names what is assigned, by its slug where the curriculum does not have
// it any more.
func (s *Digests) title(a Assignment) string {
	if m, ok := s.Catalogue.Module(curriculum.ModuleSlug(a.Slug)); ok && a.Kind == KindModule {
		return m.Title
	}
	if exam, ok := s.Catalogue.Quiz(curriculum.QuizSlug(a.Slug)); ok && a.Kind == KindExam {
		return exam.Title
	}
	return a.Slug
}

// lesson names the lesson of a refresher, as title does.
func (s *Digests) lesson(r Refresher) string {
	m, _ := s.Catalogue.Module(r.Module)
	l, ok := s.Catalogue.Lesson(r.Module, r.Lesson)
	if !ok {
		return string(r.Lesson)
	}
	return m.Title + " · " + l.Title
}
