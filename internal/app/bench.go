package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"muster/api"
	"muster/internal/audit"
	"muster/internal/bench"
	"muster/internal/config"
	"muster/internal/identity"
)

// benchClients is how many people work at once.
const benchClients = 64

// benchmark measures one subject on a server of its own.
type benchmark struct {
	name string
	run  func(ctx context.Context, r *rig) ([]bench.Figure, error)
}

var benchmarks = []benchmark{
	{"catalogue", benchCatalogue},
	{"answers", benchAnswers},
	{"attempts", benchAttempts},
	{"readiness", benchReadiness},
	{"items", benchAnalysis},
	{"start", benchStart},
}

// runBench measures and prints each figure beside the limit of the same run.
func runBench(ctx context.Context, c config.Config, args []string, t console) error {
	var only string
	var asJSON bool
	length := 5 * time.Second
	_, err := parse(&c, "bench", args, t, func(set *flag.FlagSet) {
		set.StringVar(&only, "only", "", "measure one subject: "+strings.Join(benchNames(), ", "))
		set.BoolVar(&asJSON, "json", false, "print one JSON object")
		set.DurationVar(&length, "length", length, "how long each figure is measured")
	})
	if err != nil {
		return err
	}
	if only != "" && !slices.Contains(benchNames(), only) {
		return usageError{fmt.Sprintf("there is nothing called %q to measure", only)}
	}
	var figures []bench.Figure
	for _, b := range benchmarks {
		if only != "" && only != b.name {
			continue
		}
		fmt.Fprintf(t.err, "measuring %s\n", b.name)
		found, err := measure(ctx, c, b, length)
		if err != nil {
			return fmt.Errorf("measure %s: %w", b.name, err)
		}
		figures = append(figures, found...)
	}
	if asJSON {
		return bench.WriteJSON(t.out, figures)
	}
	return bench.WriteText(t.out, figures)
}

func benchNames() []string {
	var names []string
	for _, b := range benchmarks {
		names = append(names, b.name)
	}
	return names
}

// rig is a server with people who are signed in, in a folder of its own.
type rig struct {
	config   config.Config // data in a folder of its own
	length   time.Duration
	services *services
	tokens   []string
	client   *bench.Client
}

func measure(ctx context.Context, c config.Config, b benchmark, length time.Duration) (figures []bench.Figure, err error) {
	folder, err := os.MkdirTemp(c.Data, "bench-")
	if err != nil {
		folder, err = os.MkdirTemp("", "muster-bench-")
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	c = config.Config{Addr: "127.0.0.1:0", Data: folder, Content: c.Content, Retention: c.Retention, LogLevel: "error", LogFormat: "text"}
	s, err := open(ctx, c, slog.New(slog.NewTextHandler(io.Discard, nil)), time.Now)
	if err != nil {
		return nil, err
	}
	r := &rig{config: c, length: length, services: s}
	if r.tokens, err = s.benchPeople(ctx, c, benchClients); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	serving, stop := context.WithCancel(ctx)
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- s.listen(serving, c, func(a string) { address <- a }) }()
	select {
	case a := <-address:
		r.client = bench.NewClient(a, benchClients)
		figures, err = b.run(ctx, r)
	case err = <-ended:
		stop()
		return nil, err
	}
	stop()
	return figures, errors.Join(err, <-ended)
}

// benchPeople signs in as many trainees as there are clients.
func (s *services) benchPeople(ctx context.Context, c config.Config, n int) ([]string, error) {
	tokens := make([]string, n)
	for i := range tokens {
		var err error
		if tokens[i], err = s.benchToken(ctx, c, fmt.Sprintf("bench.trainee.%d", i), identity.Trainee); err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

// benchToken makes somebody and signs them in.
func (s *services) benchToken(ctx context.Context, c config.Config, name string, role identity.Role) (string, error) {
	key, err := c.Key("access tokens")
	if err != nil {
		return "", err
	}
	user := identity.User{ID: identity.UserID(newID()), Username: name, Name: name, Role: role, Locale: "en", CreatedAt: s.now()}
	if err := s.store.CreateUser(ctx, user, identity.CreateEntry(user, audit.System)); err != nil {
		return "", err
	}
	signed, err := s.identity.Begin(ctx, user)
	if err != nil {
		return "", err
	}
	return api.NewTokens(key, s.now).Issue(user.ID, signed.Session)
}

func benchStart(ctx context.Context, r *rig) ([]bench.Figure, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	started, err := bench.StartUp(ctx, program, filepath.Join(r.config.Data, "started"), r.config.Content, 5)
	if err != nil {
		return nil, err
	}
	const mib = 1 << 20
	millis, rest := float64(started.Ready.Microseconds())/1000, float64(started.Resident)/mib
	return []bench.Figure{
		{Name: "start-up", Value: millis, Unit: "ms", Target: "≤ 300 ms", Met: millis <= 300},
		{Name: "memory at rest", Value: rest, Unit: "MB", Target: "≤ 80 MB", Met: rest <= 80},
	}, nil
}
