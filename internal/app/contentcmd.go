package app

import (
	"context"
	"fmt"
	"time"

	"muster/internal/config"
	"muster/internal/curriculum"
	"muster/internal/errs"
)

func contentCheck(_ context.Context, c config.Config, args []string, t console) error {
	if _, err := parse(&c, "content check", args, t, nil); err != nil {
		return err
	}
	report, err := curriculum.Check(contentFiles(c), time.Now())
	if err != nil {
		return err
	}
	if err := report.WriteText(t.out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if n := report.Count(curriculum.LevelError); n > 0 {
		return errs.New(errs.Invalid, "content", "The curriculum has %d errors.", n)
	}
	return nil
}

func contentCoverage(_ context.Context, c config.Config, args []string, t console) error {
	if _, err := parse(&c, "content coverage", args, t, nil); err != nil {
		return err
	}
	catalogue, err := readCatalogue(c)
	if err != nil {
		return err
	}
	return curriculum.Coverage(catalogue).WriteText(t.out)
}
