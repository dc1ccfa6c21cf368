package cohort

import (
	"context"
	"slices"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Effect is what became of something that was to be done for several people.
type Effect struct {
	People int      // for whom it was done
	Spared []Spared // and what was not done, by person
}

// Spared is somebody for whom something was not done, because something else
// stands already.
type Spared struct {
	Member
	Why   Why
	Thing Assignment // of an extension
	DueOn string     // of what stands, "" where it is finished
}

// Why says why something was not done for somebody.
type Why string

// The reasons.
const (
	WhyAsked    Why = "asked"    // the same refresher is open
	WhyFinished Why = "finished" // what is to be extended is done
	WhyLater    Why = "later"    // they have at least that much time
)

// Extending is more time for several things at once.
type Extending struct {
	Things  []Assignment // kind and slug of each
	DueOn   string       // date
	Reason  string
	Earlier bool // also for whom this is less time than they have: it corrects a date
	// Done says what of it somebody has finished; nil: nothing.
	Done func(identity.UserID, Assignment) bool
}

// Extend gives people of a cohort another date for things that are assigned.
// What somebody has finished, or has more time for, stays as it is.
func (s *Service) Extend(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID, e Extending) (Effect, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return Effect{}, err
	}
	detail, err := s.Store.Detail(ctx, id)
	if err != nil {
		return Effect{}, err
	}
	if err := e.check(detail.Assignments, s.Now()); err != nil {
		return Effect{}, err
	}
	all, err := s.Store.Extensions(ctx, id)
	if err != nil {
		return Effect{}, err
	}
	given := make(map[identity.UserID][]Extension)
	for _, old := range all {
		given[old.User] = append(given[old.User], old)
	}
	var effect Effect
	var extensions []Extension
	var entries []audit.Entry
	for _, m := range members {
		more, spared := e.sort(m, Membership{Assignments: detail.Assignments, Extensions: given[m.ID]}.Due())
		effect.People += min(1, len(more))
		effect.Spared = append(effect.Spared, spared...)
		for _, a := range more {
			extensions = append(extensions, Extension{Cohort: id, User: m.ID, Kind: a.Kind, Slug: a.Slug, DueOn: e.DueOn, Reason: e.Reason, By: actor.ID, At: s.Now()})
			said := map[string]string{"cohort": string(id), string(a.Kind): a.Slug, "due_on": e.DueOn} // the reason may speak of the person, who can be erased; the trail cannot
			entries = append(entries, s.entry(actor, ActionExtend, string(m.ID), said))
		}
	}
	if len(extensions) == 0 {
		return effect, nil
	}
	return effect, s.Store.Extend(ctx, extensions, entries)
}

// sort tells apart the things that somebody gets more time for and those that
// they do not. due has the dates that hold for them.
func (e *Extending) sort(m Member, due []Assignment) (more []Assignment, spared []Spared) {
	for _, a := range due {
		switch why := e.refusal(m.ID, a); {
		case !e.concerns(a):
		case why == "":
			more = append(more, a)
		case why == WhyFinished:
			spared = append(spared, Spared{Member: m, Why: why, Thing: a})
		default:
			spared = append(spared, Spared{Member: m, Why: why, Thing: a, DueOn: a.DueOn})
		}
	}
	return more, spared
}

// check trims the reason, and refuses what is not assigned and a date that is over.
func (e *Extending) check(assigned []Assignment, now time.Time) error {
	if len(e.Things) == 0 {
		return errs.InvalidField("things", "Choose a module or an exam.")
	}
	for _, thing := range e.Things {
		if !slices.ContainsFunc(assigned, func(a Assignment) bool { return a.Kind == thing.Kind && a.Slug == thing.Slug }) {
			return errs.InvalidField("things", "This is not assigned to the cohort: %s.", thing.Slug)
		}
	}
	if err := checkAhead(e.DueOn, now); err != nil {
		return err
	}
	reason, said := CleanLine(e.Reason, MaxReason)
	if !said {
		return errs.InvalidField("reason", "Give a reason of 1 to 500 characters.")
	}
	e.Reason = reason
	return nil
}

// checkAhead refuses what is no date, and a date that is over: the day before
// today in UTC may still be today elsewhere.
func checkAhead(date string, now time.Time) error {
	if !isDate(date) {
		return errs.InvalidField("due_on", "Give the date in the form 2027-02-01.")
	}
	if date < now.UTC().AddDate(0, 0, -1).Format(time.DateOnly) {
		return errs.InvalidField("due_on", "This date is over. Choose one from today on.")
	}
	return nil
}

func (e *Extending) concerns(a Assignment) bool {
	return slices.ContainsFunc(e.Things, func(t Assignment) bool { return t.Kind == a.Kind && t.Slug == a.Slug })
}

// refusal says why somebody does not get more time for a thing, "" where they
// do. due has the date that holds for them.
func (e *Extending) refusal(user identity.UserID, due Assignment) Why {
	switch {
	case e.Done != nil && e.Done(user, due):
		return WhyFinished
	case due.DueOn == e.DueOn, due.DueOn > e.DueOn && !e.Earlier:
		return WhyLater
	}
	return ""
}

// AssignRefreshers asks people of a cohort to practise a lesson again. Of whom
// the same is asked already and not done, it is not asked twice; done says which
// refreshers are done, nil: none.
func (s *Service) AssignRefreshers(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID, r Refresher, done func(Refresher) bool) (Effect, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return Effect{}, err
	}
	if _, ok := s.Catalogue.Lesson(r.Module, r.Lesson); !ok {
		return Effect{}, errs.InvalidField("lesson", "The curriculum has no such lesson.")
	}
	if err := checkAhead(r.DueOn, s.Now()); err != nil {
		return Effect{}, err
	}
	r.Cohort, r.By, r.At = id, actor.ID, s.Now()
	said := map[string]string{"cohort": string(id), "module": string(r.Module), "lesson": string(r.Lesson), "due_on": r.DueOn}
	var effect Effect
	err = s.Store.AssignRefreshers(ctx, id, func(asked []Refresher) (refreshers []Refresher, entries []audit.Entry) {
		effect = Effect{} // it may be tried again
		for _, m := range members {
			at := slices.IndexFunc(asked, func(old Refresher) bool {
				return old.User == m.ID && old.Module == r.Module && old.Lesson == r.Lesson && (done == nil || !done(old))
			})
			if at >= 0 {
				effect.Spared = append(effect.Spared, Spared{Member: m, Why: WhyAsked, DueOn: asked[at].DueOn})
				continue
			}
			r.ID, r.User = s.NewID(), m.ID
			refreshers = append(refreshers, r)
			entries = append(entries, s.entry(actor, ActionRefresh, string(m.ID), said))
		}
		effect.People = len(refreshers)
		return refreshers, entries
	})
	return effect, err
}
