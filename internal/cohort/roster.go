package cohort

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/errs"
	"muster/internal/identity"
)

// Enrolment is somebody's place in a cohort, with what tells whether they can
// be reached and have come.
type Enrolment struct {
	Member
	LeftAt   *time.Time // removed or moved; they are no member since
	LastSeen time.Time  // of the sessions that are not forgotten yet; zero: none
	HasCode  bool       // an unused code to sign in with that holds
}

// EnrolmentState is how an enrolment stands.
type EnrolmentState string

// The states.
const (
	Active    EnrolmentState = "active"
	Suspended EnrolmentState = "suspended"
	Removed   EnrolmentState = "removed"
)

// State says how the enrolment stands.
func (e Enrolment) State() EnrolmentState {
	switch {
	case e.LeftAt != nil:
		return Removed
	case e.SuspendedAt != nil:
		return Suspended
	}
	return Active
}

// RosterQuery picks enrolments of a cohort, and says by what they are listed.
type RosterQuery struct {
	Text   string         // in the name or username, whatever the case and the accents
	State  EnrolmentState // "" = all who are enrolled now
	Unseen bool           // only who never signed in
	Sort   string         // see RosterSorts; "-" before it: from the other end
}

// RosterSorts is by what a roster can be listed; the first is the default.
var RosterSorts = []string{"name", "joined", "last_seen"}

// Roster lists the enrolments of a cohort that the actor looks after. Those who
// were erased are nobody's any more. NotFound, or Invalid for another sort.
func (s *Service) Roster(ctx context.Context, actor identity.Actor, id ID, q RosterQuery) ([]Enrolment, error) {
	key, down := strings.CutPrefix(q.Sort, "-")
	if key = cmp.Or(key, RosterSorts[0]); !slices.Contains(RosterSorts, key) {
		return nil, errs.InvalidField("sort", "Sort by name, joined or last_seen, with - before it downwards.")
	}
	if _, err := s.Cohort(ctx, actor, id); err != nil {
		return nil, err
	}
	all, err := s.Store.Roster(ctx, id, q.State == Removed, s.Now())
	if err != nil {
		return nil, err
	}
	picked := slices.DeleteFunc(all, func(e Enrolment) bool { return !q.picks(e) })
	for i := range picked {
		picked[i] = picked[i].seen()
	}
	switch key {
	case "joined":
		slices.SortStableFunc(picked, func(a, b Enrolment) int { return a.EnrolledAt.Compare(b.EnrolledAt) })
	case "last_seen":
		slices.SortStableFunc(picked, func(a, b Enrolment) int { return a.LastSeen.Compare(b.LastSeen) })
	}
	if down {
		slices.Reverse(picked)
	}
	return picked, nil
}

// seen is what a cohort's coordinator sees of an enrolment: when somebody who left
// comes to the site, and how, is for those who look after them now.
func (e Enrolment) seen() Enrolment {
	if e.LeftAt != nil {
		e.LastSeen, e.HasCode, e.Email = time.Time{}, false, ""
	}
	return e
}

func (q RosterQuery) picks(e Enrolment) bool {
	switch {
	case e.Username == identity.ErasedUsername(e.ID), q.State != "" && e.State() != q.State, q.Unseen && e.SignedIn:
		return false
	}
	text := identity.SearchForm(q.Text)
	return strings.Contains(identity.SearchForm(e.Name), text) || strings.Contains(identity.SearchForm(e.Username), text)
}
