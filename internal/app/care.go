package app

import (
	"context"
	"flag"
	"fmt"

	"muster/internal/assessment"
	"muster/internal/config"
	"muster/internal/store"
)

func backup(ctx context.Context, c config.Config, args []string, t console) error {
	words, err := parse(&c, "backup", args, t, nil)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError{"backup takes one file to write to"}
	}
	made, err := store.Backup(ctx, c.Database(), words[0])
	if err == nil {
		fmt.Fprintf(t.out, "wrote %s, %d bytes, SHA-256 %s\n", words[0], made.Bytes, made.SHA256)
	}
	return err
}

func restore(ctx context.Context, c config.Config, args []string, t console) error {
	var force bool
	words, err := parse(&c, "restore", args, t, func(set *flag.FlagSet) {
		set.BoolVar(&force, "force", false, "replace the database that is there")
	})
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError{"restore takes one file to read from"}
	}
	if err := c.MakeData(); err != nil {
		return err
	}
	if _, err := store.Restore(ctx, words[0], c.Database(), force); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "restored %s from %s\n", c.Database(), words[0])
	return nil
}

func verifyAttempt(ctx context.Context, c config.Config, args []string, t console) error {
	words, err := parse(&c, "verify attempt", args, t, nil)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError{"verify attempt takes the id of an attempt"}
	}
	s, err := t.open(ctx, c, open)
	if err != nil {
		return err
	}
	report, err := s.assessment.Verify(ctx, assessment.AttemptID(words[0]))
	if err == nil {
		fmt.Fprintf(t.out, "attempt %s: %d events of %d devices, receipt %s\n", words[0], report.Receipt.Events, report.Receipt.Devices, report.Receipt.Head)
		err = report.Problem()
	}
	if err == nil {
		fmt.Fprintln(t.out, "the chains hold, and the grade follows from the log")
	}
	return joinClose(ctx, err, s.store)
}

func verifyAudit(ctx context.Context, c config.Config, args []string, t console) error {
	if _, err := parse(&c, "verify audit", args, t, nil); err != nil {
		return err
	}
	return withPeople(ctx, c, t, func(s *services) error {
		entries, err := s.store.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "the chain of %d audit entries holds\n", entries)
		return nil
	})
}
