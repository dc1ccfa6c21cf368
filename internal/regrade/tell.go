package regrade

import (
	"context"
	"fmt"
	"slices"
	"time"

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

// telling is whom a ruling concerns.
type telling struct {
	trainees     map[cohort.ID][]Affected // by the cohort through which each is told, once
	coordinators map[cohort.ID][]Affected // by the cohorts that each is in
	untold       map[identity.UserID]bool // never in a cohort: there is no way to write to them
}

// sorted says who is told of what, of those who were affected.
func sorted(affected []Affected) telling {
	t := telling{trainees: map[cohort.ID][]Affected{}, coordinators: map[cohort.ID][]Affected{}, untold: map[identity.UserID]bool{}}
	through := map[identity.UserID]cohort.ID{} // the first that is read of somebody
	for _, a := range affected {
		if a.class() == same {
			continue
		}
		if a.Cohort == "" {
			t.untold[a.Trainee] = true
			continue
		}
		if through[a.Trainee] == "" {
			through[a.Trainee] = a.Cohort
		}
		if through[a.Trainee] == a.Cohort {
			t.trainees[a.Cohort] = append(t.trainees[a.Cohort], a)
		}
		if a.Current {
			t.coordinators[a.Cohort] = append(t.coordinators[a.Cohort], a)
		}
	}
	return t
}

// entry says how many people were told, and how many could not be.
func (t telling) entry(r Regrade, at time.Time) audit.Entry {
	told := map[identity.UserID]bool{}
	for _, people := range t.trainees {
		for _, a := range people {
			told[a.Trainee] = true
		}
	}
	return audit.Entry{
		At: at, Actor: audit.System, Action: ActionRuled, Object: string(r.Question),
		Detail: fmt.Sprintf(`{"ruling":%q,"told":%d,"untold":%d}`, r.ID, len(told), len(t.untold)),
	}
}

// tell tells each person concerned, once, that their result changed, and their
// coordinators how many did. Sending it again sends nothing.
func (s *Service) tell(ctx context.Context, r Regrade) (telling, error) {
	affected, err := s.Told.AffectedBy(ctx, r.ID)
	if err != nil {
		return telling{}, err
	}
	t := sorted(affected)
	for id, people := range t.trainees {
		if err := s.tellTrainees(ctx, r, id, people); err != nil {
			return t, err
		}
	}
	for id, people := range t.coordinators {
		if err := s.tellCoordinators(ctx, r, id, people); err != nil {
			return t, err
		}
	}
	return t, nil
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
