package demo

import (
	"context"
	"slices"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// What the coordinator tells the engineers.
const (
	newsSubject = "Five minutes a day until we go"
	newsBody    = "You have learned a lot in ten weeks. What you do not use fades: open the review on your home page on every day that you can. " +
		"It takes five minutes and asks what you are about to forget.\n\nIf a date does not work for you, tell me."
)

// orders is what the coordinator has done about it all in the last days.
func (t *teller) orders(ctx context.Context) error {
	actor, engineers, signals := t.coordinators[kofi], t.units[engineers.name], t.units[signals.name]
	modules := mandatory(t.Catalogue)
	t.now = t.ago(3)
	for i, m := range modules {
		newcomers := cohort.Extending{Things: module(m), DueOn: t.date(9 * (i + 1)), Reason: "Joined the unit this month."}
		if err := t.extend(ctx, actor, engineers, t.of(engineers, fresh, newcomer), newcomers); err != nil {
			return err
		}
		if i != 1 {
			continue
		}
		away := cohort.Extending{Things: module(m), DueOn: t.date(12), Reason: "Three weeks on a course without a network."}
		if err := t.extend(ctx, actor, engineers, t.of(engineers, stalled.onLeave()), away); err != nil {
			return err
		}
	}
	t.now = t.ago(2)
	if err := t.refresh(ctx, actor, signals, modules); err != nil {
		return err
	}
	t.now = t.ago(1)
	_, err := t.cohorts.Send(ctx, actor, engineers, t.of(engineers), cohort.Message{Subject: newsSubject, Body: newsBody})
	return err
}

func module(m curriculum.Module) []cohort.Assignment {
	return []cohort.Assignment{{Kind: cohort.KindModule, Slug: string(m.Slug)}}
}

func (t *teller) extend(ctx context.Context, actor identity.Actor, unit cohort.ID, people []identity.UserID, e cohort.Extending) error {
	if len(people) == 0 {
		return nil
	}
	_, err := t.cohorts.Extend(ctx, actor, unit, people, e)
	return err
}

// refresh asks those who did everything in two days to practise the last lesson
// again.
func (t *teller) refresh(ctx context.Context, actor identity.Actor, unit cohort.ID, modules []curriculum.Module) error {
	people := t.of(unit, crammer)
	if len(people) == 0 || len(modules) == 0 {
		return nil
	}
	last := modules[len(modules)-1]
	lesson := cohort.Refresher{Module: last.Slug, Lesson: last.Lessons[len(last.Lessons)-1].Slug, DueOn: t.date(9)}
	_, err := t.cohorts.AssignRefreshers(ctx, actor, unit, people, lesson, nil)
	return err
}

// of gives the people of a unit, those with one of some fates where these are
// given.
func (t *teller) of(unit cohort.ID, fates ...fate) []identity.UserID {
	var users []identity.UserID
	for _, tr := range t.trainees {
		if tr.unit == unit && (len(fates) == 0 || slices.ContainsFunc(fates, func(f fate) bool { return f.name == tr.name })) {
			users = append(users, tr.actor.ID)
		}
	}
	return users
}
