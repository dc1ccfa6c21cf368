package regrade

import (
	"context"
	"fmt"
	"slices"

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

// said is what trainees are told; %s is the quiz. It tells neither key nor result:
// what of them is shown, and when, is the quiz's policy.
const said = "A question in “%s” was marked wrongly and has been marked again. Your result has changed: open it to see what is shown of it now. What rests on it, such as a certificate, follows by itself. If you no longer pass, talk to your coordinator about another attempt."

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
	to := map[string][]identity.UserID{}
	for _, a := range people {
		quiz := s.title(a)
		if !slices.Contains(to[quiz], a.Trainee) {
			to[quiz] = append(to[quiz], a.Trainee)
		}
	}
	for quiz, trainees := range to {
		if err := s.send(ctx, r, id, quiz, fmt.Sprintf(said, quiz), trainees); err != nil {
			return err
		}
	}
	return nil
}

// tellCoordinators gives numbers and no names: a message stays when a person is
// erased, and the pages of the cohort show who it is.
func (s *Service) tellCoordinators(ctx context.Context, r Regrade, id cohort.ID, people []Affected) error {
	coordinators, err := s.Told.CoordinatorsOf(ctx, id)
	if err != nil || len(coordinators) == 0 {
		return err
	}
	count := map[class]int{}
	for _, a := range people {
		count[a.class()]++
	}
	body := fmt.Sprintf("The key of a question was wrong and has been mended. %d results in your cohort changed: %d pass now, %d no longer pass. The people of the cohort show who.\n\nWhy: %s",
		len(people), count[gained], count[lost], r.Reason)
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
