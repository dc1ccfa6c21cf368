package app

import (
	"bufio"
	"context"
	cryptorand "crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// withPeople opens what account commands need, runs do and closes it.
func withPeople(ctx context.Context, c config.Config, t console, do func(*services) error) error {
	s, err := t.open(ctx, c, openBare)
	if err != nil {
		return err
	}
	return joinClose(ctx, do(s), s.store)
}

func userAdd(ctx context.Context, c config.Config, args []string, t console) error {
	var r identity.Registration
	var role string
	_, err := parse(&c, "user add", args, t, func(set *flag.FlagSet) {
		set.StringVar(&r.Username, "username", "", "name to sign in with")
		set.StringVar(&r.Name, "name", "", "name as others see it")
		set.StringVar(&role, "role", string(identity.Trainee), "trainee, trainer, coordinator or admin")
		set.StringVar(&r.Locale, "locale", "en", "language: "+strings.Join(identity.Locales, ", "))
	})
	if err != nil {
		return err
	}
	r.Role = identity.Role(role)
	if r.Password, err = passwordFrom(os.Stdin, t); err != nil {
		return err
	}
	return withPeople(ctx, c, t, func(s *services) error {
		user, err := s.identity.Register(ctx, r, audit.System)
		if err == nil {
			fmt.Fprintf(t.out, "made %s %s (%s)\n", user.Role, user.Username, user.ID)
		}
		return err
	})
}

func userReset(ctx context.Context, c config.Config, args []string, t console) error {
	var username string
	_, err := parse(&c, "user reset", args, t, func(set *flag.FlagSet) {
		set.StringVar(&username, "username", "", "whose password to replace")
	})
	if err != nil {
		return err
	}
	password, err := passwordFrom(os.Stdin, t)
	if err != nil {
		return err
	}
	return withPeople(ctx, c, t, func(s *services) error {
		user, err := account(ctx, s, username)
		if err == nil {
			err = s.identity.SetPassword(ctx, user, password, "password", audit.System)
		}
		if err == nil {
			fmt.Fprintf(t.out, "new password for %s; every session has ended\n", user.Username)
		}
		return err
	})
}

// account reads a user by the name that was typed.
func account(ctx context.Context, s *services, username string) (identity.User, error) {
	user, err := s.store.UserByName(ctx, identity.FoldName(username))
	if errs.KindOf(err) == errs.NotFound {
		err = errs.InvalidField("username", "There is no account with this username.")
	}
	return user, err
}

// passwordFrom reads a password from standard input, so that it is not in the
// shell's history; on a terminal it asks. An empty line makes one up.
func passwordFrom(in io.Reader, t console) (string, error) {
	fmt.Fprint(t.err, "Password (an empty line makes one up): ")
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	password := strings.TrimRight(line, "\r\n")
	if password == "" {
		password = strings.ToLower(cryptorand.Text()[:16])
		fmt.Fprintf(t.out, "password: %s\n", password)
	}
	return password, nil
}

func cohortAdd(ctx context.Context, c config.Config, args []string, t console) error {
	var name, deploys, due string
	_, err := parse(&c, "cohort add", args, t, func(set *flag.FlagSet) {
		set.StringVar(&name, "name", "", "name of the unit")
		set.StringVar(&deploys, "deploys", "", "date of deployment, 2027-02-01")
		set.StringVar(&due, "due", "", "date by which the mandatory modules are due; default: the date of deployment")
	})
	if err != nil {
		return err
	}
	catalogue, err := readCatalogue(c)
	if err != nil {
		return err
	}
	if due == "" {
		due = deploys
	}
	return withPeople(ctx, c, t, func(s *services) error {
		s.cohorts.Catalogue = catalogue
		made, err := s.cohorts.Create(ctx, operator(), cohort.Plan{Name: name, DeploysOn: deploys, Assignments: mandatory(catalogue, due)})
		if err == nil {
			fmt.Fprintf(t.out, "made cohort %s\njoin code: %s\n", made.Name, made.JoinCode)
		}
		return err
	})
}

// operator is who works at the command line.
func operator() identity.Actor { return identity.Actor{ID: audit.System, Role: identity.Admin} }

// mandatory assigns every mandatory module by a date; none without a date.
func mandatory(catalogue *curriculum.Catalogue, due string) []cohort.Assignment {
	var assignments []cohort.Assignment
	for _, m := range catalogue.Modules {
		if m.Theme == "mandatory" && due != "" {
			assignments = append(assignments, cohort.Assignment{Kind: cohort.KindModule, Slug: string(m.Slug), DueOn: due})
		}
	}
	return assignments
}
