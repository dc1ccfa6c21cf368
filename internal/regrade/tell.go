package regrade

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

// class is how a result changed, as its trainee is told.
type class string

// The classes.
const (
	gained class = "gained"
	lost   class = "lost"
	higher class = "higher"
	lower  class = "lower"
	same   class = "same" // there is nothing to tell
)

func (a Affected) class() class {
	const rounding = 1e-9
	switch {
	case a.PassedAfter && !a.PassedBefore:
		return gained
	case a.PassedBefore && !a.PassedAfter:
		return lost
	case a.Score < a.ScoreBefore-rounding:
		return lower
	case a.Score > a.ScoreBefore+rounding:
		return higher
	}
	return same
}

// said is what trainees are told, by class; %s is the quiz.
var said = map[class]string{
	gained: "A question in “%s” was marked wrongly and has been marked again. You pass now. What follows from that, such as a certificate, follows by itself.",
	lost:   "A question in “%s” was marked wrongly and has been marked again. By the right key you do not pass. A certificate that rested on it is withdrawn. Talk to your coordinator about another attempt.",
	higher: "A question in “%s” was marked wrongly and has been marked again. Your score went up.",
	lower:  "A question in “%s” was marked wrongly and has been marked again. Your score went down. Whether you pass did not change.",
}

const subject = "A question was marked again"

// tell sends each person concerned what changed for them, and their coordinators
// who it was. Sending it again sends nothing.
func (s *Service) tell(ctx context.Context, r Regrade) error {
	affected, err := s.Told.AffectedBy(ctx, r.ID)
	if err != nil {
		return err
	}
	cohorts := map[cohort.ID][]Affected{}
	for _, a := range affected {
		if a.Cohort != "" && a.class() != same {
			cohorts[a.Cohort] = append(cohorts[a.Cohort], a)
		}
	}
	for id, people := range cohorts {
		if err := s.tellTrainees(ctx, r, id, people); err != nil {
			return err
		}
		if err := s.tellCoordinators(ctx, r, id, people); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) tellTrainees(ctx context.Context, r Regrade, id cohort.ID, people []Affected) error {
	type kind struct {
		quiz  string
		class class
	}
	to := map[kind][]identity.UserID{}
	for _, a := range people {
		k := kind{s.title(a), a.class()}
		if !slices.Contains(to[k], a.Trainee) {
			to[k] = append(to[k], a.Trainee)
		}
	}
	for k, trainees := range to {
		body := fmt.Sprintf(said[k.class], k.quiz) + "\n\nWhy: " + r.Reason
		if err := s.send(ctx, r, id, string(k.class)+k.quiz, body, trainees); err != nil {
			return err
		}
	}
	return nil
}

// named is how many people a message to coordinators names.
const named = 50

func (s *Service) tellCoordinators(ctx context.Context, r Regrade, id cohort.ID, people []Affected) error {
	coordinators, err := s.Told.CoordinatorsOf(ctx, id)
	if err != nil || len(coordinators) == 0 {
		return err
	}
	var lines []string
	for _, a := range people {
		switch a.class() {
		case gained:
			lines = append(lines, fmt.Sprintf("%s passes %s now (%.0f%%, before %.0f%%).", a.Name, s.title(a), 100*a.Score, 100*a.ScoreBefore))
		case lost:
			lines = append(lines, fmt.Sprintf("%s no longer passes %s (%.0f%%, before %.0f%%).", a.Name, s.title(a), 100*a.Score, 100*a.ScoreBefore))
		}
	}
	body := fmt.Sprintf("The key of a question was wrong and has been mended. %d results in your cohort changed, %d of them from or to a pass.", len(people), len(lines))
	if more := len(lines) - named; more > 0 {
		lines = append(lines[:named], fmt.Sprintf("And %d more: see the list of people.", more))
	}
	body = strings.Join(append([]string{body, ""}, lines...), "\n") + "\n\nWhy: " + r.Reason
	return s.send(ctx, r, id, "coordinators", body, coordinators)
}

func (s *Service) title(a Affected) string {
	if quiz, ok := s.Catalogue.Quiz(a.Quiz); ok && quiz.Title != "" {
		return quiz.Title
	}
	return string(a.Quiz)
}

// send sends a message whose id follows from what it is about.
func (s *Service) send(ctx context.Context, r Regrade, id cohort.ID, about, body string, to []identity.UserID) error {
	name := uuid.NewSHA1(uuid.NameSpaceOID, []byte(string(r.ID)+"\n"+string(id)+"\n"+about)).String()
	m := cohort.Message{ID: cohort.MessageID(name), Cohort: id, Sender: r.By, Subject: subject, Body: body, SentAt: s.Now()}
	entry := audit.Entry{
		At: m.SentAt, Actor: audit.System, Action: cohort.ActionMessage, Object: name,
		Detail: fmt.Sprintf(`{"cohort":%q,"people":"%d","ruling":%q}`, id, len(to), r.ID),
	}
	err := s.Told.SendOnce(ctx, m, to, entry)
	if errs.KindOf(err) == errs.Conflict {
		return nil // it was sent before a crash
	}
	return err
}
