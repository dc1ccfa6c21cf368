package readiness

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/report"
)

// ActionExport is the audit action of a file of people's figures.
const ActionExport audit.Action = "cohort.export"

// Export is a file of people's figures.
type Export struct {
	Name string // of the file: ASCII letters, digits, - and .
	File []byte
}

// Export writes the people whom a filter picks of a cohort that the actor looks
// after as a file; as PDF, the cohort at a glance. That they took it, and how
// many people are in it, is kept.
func (s *Service) Export(ctx context.Context, actor identity.Actor, id cohort.ID, f Filter, by Sort, format report.Format) (Export, error) {
	snapshot, err := s.Snapshot(ctx, actor, id)
	if err != nil {
		return Export{}, err
	}
	people := snapshot.People(f, by)
	export, err := snapshot.export(people, format)
	if err != nil {
		return Export{}, err
	}
	said, err := json.Marshal(map[string]any{"format": format, "rows": len(people)})
	if err != nil {
		return Export{}, err
	}
	entry := audit.Entry{At: snapshot.Now, Actor: string(actor.ID), Action: ActionExport, Object: string(id), Detail: string(said)}
	if err := s.Trail.Audit(ctx, entry); err != nil {
		return Export{}, err
	}
	return export, nil
}

// export writes the table of people, or as PDF the page of the whole cohort.
func (s *Snapshot) export(people []*Member, format report.Format) (Export, error) {
	name := "readiness-" + fileName(s.Cohort.Name) + "-" + s.Now.UTC().Format(time.DateOnly) + "." + string(format)
	if format == report.PDF {
		page, err := s.Page().Draw()
		return Export{Name: name, File: page}, err
	}
	var out bytes.Buffer
	err := s.Table(people).Write(&out, format)
	return Export{Name: name, File: out.Bytes()}, err
}

// fileName makes what may stand in a file's name on every system: other
// characters than ASCII letters and digits become "-".
func fileName(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) == 0 {
		return "cohort"
	}
	return strings.Join(words, "-")
}
