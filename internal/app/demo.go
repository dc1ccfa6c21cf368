package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"text/tabwriter"
	"time"

	"muster/internal/audit"
	"muster/internal/config"
	"muster/internal/errs"
	"muster/internal/identity"
)

// demoPassword opens every account of the demo. It is printed at each start,
// and the demo listens on loopback only.
const demoPassword = "blue beret demo 2027"

// demoStaff has one account for each role but trainee.
var demoStaff = []identity.Registration{
	{Username: "marta.trainer", Name: "Marta Oliveira", Role: identity.Trainer},
	{Username: "kofi.coordinator", Name: "Kofi Mensah", Role: identity.Coordinator},
	{Username: "ines.admin", Name: "Inès Laurent", Role: identity.Admin},
}

// demoTrainees join the demo's cohort.
var demoTrainees = []identity.Registration{
	{Username: "amina.diallo", Name: "Amina Diallo"},
	{Username: "ravi.shrestha", Name: "Ravi Shrestha"},
}

// demoTraining is how long before deployment the demo's cohort stands, and how
// long before it the modules are due.
const (
	demoDeploysIn = 72 * 24 * time.Hour
	demoDueBefore = 14 * 24 * time.Hour
)

// demo serves with a cohort and one account for each role, made by the same
// services as everything else.
func demo(ctx context.Context, c config.Config, args []string, t console) error {
	if _, err := parse(&c, "demo", args, t, nil); err != nil {
		return err
	}
	if host, _, err := net.SplitHostPort(c.Addr); err != nil || !isLoopback(host) {
		return errs.New(errs.Invalid, "configuration", "The demo has known passwords: it listens on loopback only, not on %s.", c.Addr)
	}
	logger, err := c.Logger(t.err)
	if err != nil {
		return err
	}
	s, err := open(ctx, c, logger, time.Now)
	if err != nil {
		return err
	}
	code, err := s.seed(ctx)
	if err != nil {
		return joinClose(ctx, err, s.store)
	}
	return s.listen(ctx, c, func(address string) { printDemo(t.out, address, code) })
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// seed makes the demo's people where they are not there yet, and gives the
// join code of their cohort, "" where it was made at an earlier start.
func (s *services) seed(ctx context.Context) (code string, err error) {
	for _, r := range demoStaff {
		r.Password = demoPassword
		if _, err := s.identity.Register(ctx, r, audit.System); err != nil {
			if errs.CodeOf(err) == "username_taken" {
				return "", nil
			}
			return "", err
		}
	}
	deploys := s.now().Add(demoDeploysIn)
	due := deploys.Add(-demoDueBefore)
	made, err := s.cohorts.Create(ctx, "7th Engineers", deploys.Format(time.DateOnly),
		mandatory(s.catalogue, due.Format(time.DateOnly)), audit.System)
	if err != nil {
		return "", err
	}
	for _, r := range demoTrainees {
		r.Password = demoPassword
		if _, err := s.cohorts.Join(ctx, made.JoinCode, r, "demo"); err != nil {
			return "", err
		}
	}
	return made.JoinCode, nil
}

func printDemo(w io.Writer, address, code string) {
	fmt.Fprintf(w, "Muster demo on http://%s\n\n", address)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range demoTrainees {
		fmt.Fprintf(table, "trainee\t%s\t%s\n", r.Username, demoPassword)
	}
	for _, r := range demoStaff {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.Role, r.Username, demoPassword)
	}
	if err := table.Flush(); err != nil {
		return // nobody reads standard output; the server runs all the same
	}
	if code != "" {
		fmt.Fprintf(w, "\nJoin the cohort with the code %s\n", code)
	}
	fmt.Fprintln(w, "\nStop with Ctrl C.")
}
