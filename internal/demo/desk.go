package demo

import (
	"math/rand/v2"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/identity"
	"muster/internal/learning"
)

// desk is the services as somebody finds them, at a time of their own.
type desk struct {
	now        time.Time
	identity   *identity.Service
	cohorts    *cohort.Service
	assessment *assessment.Service
	learning   *learning.Service
	credential *credential.Service
}

// deskAt makes a desk. What is drawn there follows from random, from chance where
// it is nil.
func (s Services) deskAt(at time.Time, random *rand.Rand) *desk {
	d := &desk{now: at}
	clock := func() time.Time { return d.now }
	people, units, quizzes, proofs := *s.Identity, *s.Cohorts, *s.Assessment, *s.Credential
	people.Now, units.Now, quizzes.Now, proofs.Now = clock, clock, clock, clock
	units.Identity = &people
	if random != nil {
		quizzes.NewSeed = random.Int64
	}
	d.identity, d.cohorts, d.assessment, d.credential = &people, &units, &quizzes, &proofs
	d.learning = &learning.Service{
		Store: s.Learning.Store, Kept: s.Learning.Kept, Attempts: s.Learning.Attempts, Cohorts: s.Learning.Cohorts,
		Certificates: &proofs, Starter: &quizzes, Catalogue: s.Catalogue, Now: clock,
	}
	return d
}

// at moves the desk on to a time; it never goes back.
func (d *desk) at(t time.Time) {
	if t.After(d.now) {
		d.now = t
	}
}
