// Package app wires the program together: it opens the store, builds the
// services, registers the jobs and starts the API, by command. It knows
// everyone and holds no rule.
package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"muster/internal/config"
	"muster/internal/errs"
)

// Exit codes, for scripts.
const (
	exitOK     = 0
	exitFailed = 1 // the work could not be done, or a check found something
	exitUsage  = 2 // the command line is wrong
	exitPartly = 3 // some of the work was refused, the rest is done
)

// console is where a command writes.
type console struct {
	out, err io.Writer
}

// command is one thing that the program can do.
type command struct {
	name, summary string
	run           func(ctx context.Context, c config.Config, args []string, t console) error
}

var commands = []command{
	{"serve", "serve the site and the API", serve},
	{"demo", "serve with cohorts in training and an account for each role", runDemo},
	{"content check", "check the curriculum; every finding with file and line", contentCheck},
	{"content coverage", "count questions by source section and by outcome", contentCoverage},
	{"import", "keep the questions of a file as drafts: import [--format FORMAT] [--dry-run] FILE", importQuestions},
	{"export", "write questions to a file: export --format FORMAT [--out FILE]", exportQuestions},
	{"user add", "make an account: user add --username NAME --name NAME --role ROLE", userAdd},
	{"user reset", "give an account a new password: user reset --username NAME", userReset},
	{"user erase", "remove who somebody was, keep what they did: user erase --username NAME [--yes]", userErase},
	{"cohort add", "make a cohort and print its join code: cohort add --name NAME --deploys DATE", cohortAdd},
	{"backup", "write a checked copy of the database: backup FILE", backup},
	{"restore", "put a copy back: restore FILE", restore},
	{"verify attempt", "check the chain of an attempt's log and its grade: verify attempt ID", verifyAttempt},
	{"verify audit", "check the chain of the audit trail", verifyAudit},
	{"verify credential", "check a badge without a network: verify credential FILE [--keys FILE] [--name NAME]", verifyCredential},
	{"health", "ask the running server whether it is ready", health},
	{"bench", "measure this machine beside its limit", runBench},
}

// usageError is a command line that cannot be understood.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }

// Run runs a command line and gives the exit code.
func Run(ctx context.Context, args []string, out, errOut io.Writer) int {
	t := console{out: out, err: errOut}
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		help(out)
		return exitOK
	}
	c, err := config.FromEnvironment()
	if err == nil {
		err = dispatch(ctx, c, args, t)
	}
	return exitCode(err, t)
}

func dispatch(ctx context.Context, c config.Config, args []string, t console) error {
	line := strings.Join(args, " ") + " "
	for _, cmd := range commands {
		if strings.HasPrefix(line, cmd.name+" ") {
			return cmd.run(ctx, c, args[strings.Count(cmd.name, " ")+1:], t)
		}
	}
	return usageError{fmt.Sprintf("there is no command %q", args[0])}
}

func exitCode(err error, t console) int {
	var usage usageError
	var partly partlyError
	var known *errs.Error
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintf(t.err, "muster: %s. Run `muster help` for the commands.\n", usage.msg)
		return exitUsage
	case errors.As(err, &partly):
		fmt.Fprintf(t.err, "muster: %s\n", partly.msg)
		return exitPartly
	case errors.As(err, &known) && known.Msg != "":
		fmt.Fprintf(t.err, "muster: %s\n", known.Msg)
		for field, problem := range known.Fields {
			if problem != known.Msg {
				fmt.Fprintf(t.err, "  %s: %s\n", field, problem)
			}
		}
		if known.Err != nil {
			fmt.Fprintf(t.err, "  cause: %v\n", known.Err)
		}
	default:
		fmt.Fprintf(t.err, "muster: %v\n", err)
	}
	return exitFailed
}

func help(w io.Writer) {
	fmt.Fprint(w, "Muster: training and quizzes for peacekeepers.\n\nCommands:\n")
	for _, cmd := range commands {
		fmt.Fprintf(w, "  %-18s %s\n", cmd.name, cmd.summary)
	}
	fmt.Fprint(w, "\nSettings come from the environment or from flags of the same names, for every command:\n")
	c, err := config.FromEnvironment()
	if err != nil {
		fmt.Fprintf(w, "  %v\n", err)
	}
	set := flag.NewFlagSet("muster", flag.ContinueOnError)
	set.SetOutput(w)
	c.Flags(set)
	set.PrintDefaults()
}

// parse reads the flags of a command: the settings and what define adds. It
// gives the words that are left.
func parse(c *config.Config, name string, args []string, t console, define func(*flag.FlagSet)) ([]string, error) {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(t.err)
	c.Flags(set)
	if define != nil {
		define(set)
	}
	err := set.Parse(args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return nil, usageError{err.Error()}
	}
	return set.Args(), err
}
