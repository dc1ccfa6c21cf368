// Package demo is the history that a demo begins with: units in training, the
// people in them and what they have done over months.
//
// Everything is done by the services that real people use, at a time of its
// own, so that nothing in the database is different from what would have come
// about. What happens is told in story.go, and the same each time. The package
// must not know HTTP or SQL.
package demo

import (
	"context"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
)

// Password opens every account that has one. It is printed at each start.
const Password = "blue beret demo 2027"

// Everybody is how many trainees the whole story has.
const Everybody = 120

// JoinableUnit is the unit of the accounts, which newcomers join too.
const JoinableUnit = "7th Engineers"

// Account is somebody who can sign in to the demo.
type Account struct {
	Username string
	Name     string
	Role     identity.Role
	full     bool // only in the whole story
}

// Accounts are those that can sign in, with Password. The admin is made last:
// where there is one, the story has been told to its end.
var Accounts = []Account{
	{Username: amina, Name: "Amina Diallo", Role: identity.Trainee},
	{Username: ravi, Name: "Ravi Shrestha", Role: identity.Trainee},
	{Username: "marta.trainer", Name: "Marta Oliveira", Role: identity.Trainer},
	{Username: kofi, Name: "Kofi Mensah", Role: identity.Coordinator},
	{Username: lena, Name: "Lena Hofmann", Role: identity.Coordinator, full: true},
	{Username: admin, Name: "Inès Laurent", Role: identity.Admin},
}

// The usernames of the accounts that the story names.
const (
	amina = "amina.diallo"
	ravi  = "ravi.shrestha"
	kofi  = "kofi.coordinator"
	lena  = "lena.coordinator"
	admin = "ines.admin"
)

// Services are what real people use.
type Services struct {
	Identity   *identity.Service
	Cohorts    *cohort.Service
	Assessment *assessment.Service
	Learning   *learning.Service
	Credential *credential.Service
	Catalogue  *curriculum.Catalogue
	Now        func() time.Time
}

// Seed makes the demo's accounts, units and history with about so many
// trainees, as far as it is not there yet; with 0 trainees only the accounts and
// one unit without a history. It calls progress for each day that is told. It
// answers Invalid for a number that there are no names for, and Conflict where
// an earlier Seed was broken off.
func Seed(ctx context.Context, s Services, trainees int, progress func(day, days int)) error {
	if trainees < 0 || trainees > mostPeople {
		return errs.InvalidField("people", "The demo has 0 to %d people.", mostPeople)
	}
	_, err := s.Identity.Store.UserByName(ctx, admin)
	if errs.KindOf(err) != errs.NotFound {
		return err
	}
	t := &teller{Services: s, start: s.Now().UTC(), coordinators: make(map[string]identity.Actor), units: make(map[string]cohort.ID)}
	cast := units(trainees)
	t.desk = s.deskAt(t.ago(cast[0].opened), nil)
	if err := t.staff(ctx, trainees > 0, identity.Trainer, identity.Coordinator); err != nil {
		return err
	}
	for _, u := range cast {
		if err := t.open(ctx, u); err != nil {
			return err
		}
	}
	if err := t.days(ctx, progress); err != nil {
		return err
	}
	if trainees > 0 {
		if err := t.orders(ctx); err != nil {
			return err
		}
	}
	return t.staff(ctx, trainees > 0, identity.Admin)
}

// teller tells the story.
type teller struct {
	Services
	*desk                  // of the staff
	start        time.Time // the present, where the story ends
	coordinators map[string]identity.Actor
	units        map[string]cohort.ID
	trainees     []*trainee
}

// staff makes the accounts of some roles.
func (t *teller) staff(ctx context.Context, full bool, roles ...identity.Role) error {
	for _, a := range Accounts {
		if !slices.Contains(roles, a.Role) || a.full && !full {
			continue
		}
		user, err := t.identity.Register(ctx, a.registration(), audit.System)
		if errs.CodeOf(err) == "username_taken" {
			return errs.New(errs.Conflict, "demo_broken_off", "The demo was stopped while its data were being made. Delete the data folder and start again.")
		}
		if err != nil {
			return err
		}
		if a.Role == identity.Coordinator {
			t.coordinators[a.Username] = identity.Actor{ID: user.ID, Role: user.Role}
		}
	}
	return nil
}

func (a Account) registration() identity.Registration {
	return identity.Registration{Username: a.Username, Name: a.Name, Role: a.Role, Password: Password}
}

// ago gives the moment so many days before the story's end.
func (t *teller) ago(days float64) time.Time {
	return t.start.Add(-time.Duration(days * float64(24*time.Hour)))
}

// date gives the date so many days after the story's end.
func (t *teller) date(days int) string { return t.start.AddDate(0, 0, days).Format(time.DateOnly) }
