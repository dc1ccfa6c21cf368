package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"muster/internal/cohort"
	"muster/internal/identity"
)

// open makes a unit with its people, whose training is laid out and has not
// begun.
func (t *teller) open(ctx context.Context, u unit) error {
	t.now = t.ago(u.opened)
	coordinator := t.coordinators[u.coordinator]
	made, err := t.cohorts.Create(ctx, coordinator, t.planOf(u))
	if err != nil {
		return err
	}
	t.units[u.name] = made.ID
	var fates []fate
	for _, g := range u.groups {
		for range g.people {
			fates = append(fates, g.fate)
		}
	}
	if err := t.enrol(ctx, coordinator, made.ID, fates); err != nil {
		return err
	}
	for _, j := range u.joined {
		t.now = t.ago(j.ago)
		user, err := t.cohorts.Join(ctx, made.JoinCode, accountOf(j.username).registration(), "demo")
		if err != nil {
			return err
		}
		t.train(made.ID, user.ID, j.fate)
	}
	return nil
}

func (t *teller) planOf(u unit) cohort.Plan {
	p := cohort.Plan{Name: u.name, DeploysOn: t.date(u.deploys)}
	things := []cohort.Assignment{}
	for _, m := range mandatory(t.Catalogue) {
		things = append(things, cohort.Assignment{Kind: cohort.KindModule, Slug: string(m.Slug)})
	}
	for _, exam := range t.Catalogue.Exams {
		things = append(things, cohort.Assignment{Kind: cohort.KindExam, Slug: string(exam.Slug)})
	}
	for i, days := range u.due[:min(len(u.due), len(things))] {
		things[i].DueOn = t.date(days)
		p.Assignments = append(p.Assignments, things[i])
	}
	return p
}

// enrol imports as many people as there are fates, and lays out their training.
func (t *teller) enrol(ctx context.Context, coordinator identity.Actor, id cohort.ID, fates []fate) error {
	if len(fates) == 0 {
		return nil
	}
	var file strings.Builder
	file.WriteString("name,locale\n")
	for i := range fates {
		p := personAt(len(t.trainees) + i)
		fmt.Fprintf(&file, "%s,%s\n", p.name, p.locale)
	}
	report, err := t.cohorts.Import(ctx, coordinator, id, cohort.Import{Format: cohort.CSV, File: []byte(file.String())})
	if err != nil {
		return err
	}
	if report.Created != len(fates) {
		return fmt.Errorf("enrol the demo's people: %d of %d: %v", report.Created, len(fates), report.Findings)
	}
	members, err := t.cohorts.Members(ctx, coordinator, id)
	if err != nil {
		return err
	}
	ids := make(map[string]identity.UserID, len(members))
	for _, m := range members {
		ids[m.Username] = m.ID
	}
	for i, p := range report.People {
		t.train(id, ids[p.Username], fates[i])
	}
	return nil
}

// train lays out the training of somebody.
func (t *teller) train(unit cohort.ID, user identity.UserID, f fate) {
	random := rand.New(rand.NewPCG(uint64(len(t.trainees)), 0x6d7573746572))
	steps := plan(f, t.Catalogue, random)
	t.trainees = append(t.trainees, &trainee{
		desk: t.deskAt(t.now, random), teller: t, unit: unit, fate: f, random: random, steps: steps,
		actor: identity.Actor{ID: user, Role: identity.Trainee}, missed: make(map[string]bool),
	})
}

// days lets everybody do what they do, day by day.
func (t *teller) days(ctx context.Context, progress func(day, days int)) error {
	days := 0
	for _, tr := range t.trainees {
		if len(tr.steps) > 0 {
			days = max(days, int(tr.steps[0].ago)+1)
		}
	}
	failures := make([]error, len(t.trainees))
	for day := days - 1; day >= 0; day-- {
		var everybody sync.WaitGroup
		for i, tr := range t.trainees {
			everybody.Go(func() { failures[i] = tr.until(ctx, float64(day)) })
		}
		everybody.Wait()
		for _, err := range failures {
			if err != nil {
				return err
			}
		}
		progress(days-day, days)
	}
	return nil
}

func accountOf(username string) Account {
	for _, a := range Accounts {
		if a.Username == username {
			return a
		}
	}
	return Account{}
}
