package app

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"text/tabwriter"

	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/demo"
	"muster/internal/errs"
	"muster/internal/readiness"
)

// runDemo serves with units, people and a history that the services themselves
// have made.
func runDemo(ctx context.Context, c config.Config, args []string, t console) error {
	people := demo.Everybody
	_, err := parse(&c, "demo", args, t, func(set *flag.FlagSet) {
		set.IntVar(&people, "people", people, "trainees of a new demo, with their history; 0 for the accounts and one cohort without any")
	})
	if err != nil {
		return err
	}
	if host, _, err := net.SplitHostPort(c.Addr); err != nil || !isLoopback(host) {
		return errs.New(errs.Invalid, "configuration", "The demo has known passwords: it listens on loopback only, not on %s.", c.Addr)
	}
	s, err := t.open(ctx, c, open)
	if err != nil {
		return err
	}
	cohorts, err := s.seed(ctx, people, progressOn(t.err, people))
	if err != nil {
		return joinClose(ctx, err, s.store)
	}
	return s.listen(ctx, c, func(address string) { printDemo(t.out, address, cohorts) })
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// demoCohort is a cohort of the demo with where its people stand.
type demoCohort struct {
	cohort.Listed
	standings map[readiness.Standing]int
}

// seed makes the demo where it is not there yet, and gives its cohorts.
func (s *services) seed(ctx context.Context, people int, progress func(day, days int)) ([]demoCohort, error) {
	s.store.SkipJobs(true) // the demo follows each grade itself
	defer s.store.SkipJobs(false)
	err := demo.Seed(ctx, demo.Services{
		Identity: s.identity, Cohorts: s.cohorts, Assessment: s.assessment, Learning: s.learning,
		Credential: s.credential, Catalogue: s.catalogue, Now: s.now,
	}, people, progress)
	if err != nil {
		return nil, err
	}
	listed, err := s.cohorts.Cohorts(ctx, operator(), false)
	if err != nil {
		return nil, err
	}
	glances, err := s.readiness.Glances(ctx, operator(), listed)
	cohorts := make([]demoCohort, len(glances))
	for i, g := range glances {
		cohorts[i] = demoCohort{g.Listed, g.Standings}
	}
	return cohorts, err
}

// progressOn says how far the seeding is: on a terminal in one line, elsewhere
// with a line now and then.
func progressOn(w io.Writer, people int) func(day, days int) {
	ends, every := "\n", 10
	if file, ok := w.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			ends, every = "\r", 100
		}
	}
	told := -1
	return func(day, days int) {
		if now := day * every / days; now > told {
			told = now
			fmt.Fprintf(w, "Seeding the demo: day %d of %d in the training of %d people…%s", day, days, people, ends)
		}
		if day == days && ends == "\r" {
			fmt.Fprintln(w)
		}
	}
}

func printDemo(w io.Writer, address string, cohorts []demoCohort) {
	fmt.Fprintf(w, "Muster demo on http://%s\n\n", address)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, a := range demo.Accounts {
		fmt.Fprintf(table, "%s\t%s\t%s\n", a.Role, a.Username, demo.Password)
	}
	fmt.Fprintln(table)
	for _, c := range cohorts {
		fmt.Fprintf(table, "%s\tdeploys %s\t%d people\t%s\n", c.Name, c.DeploysOn, c.People, tell(c.standings))
	}
	if err := table.Flush(); err != nil {
		return // nobody reads standard output; the server runs all the same
	}
	for _, c := range cohorts {
		if c.Name == demo.JoinableUnit {
			fmt.Fprintf(w, "\nJoin the %s with the code %s\n", c.Name, c.JoinCode)
		}
	}
	fmt.Fprintln(w, "\nStop with Ctrl C.")
}

// tell puts how many people stand where into words.
func tell(standings map[readiness.Standing]int) string {
	return fmt.Sprintf("%d ready, %d will lapse, %d behind, %d not started", standings[readiness.Ready],
		standings[readiness.WillLapse], standings[readiness.Behind], standings[readiness.NotStarted])
}
