package readiness

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/report"
)

// MakeReports is the job of Reports.Run.
type MakeReports struct{}

// Kind names the job in the queue.
func (MakeReports) Kind() string { return "make_reports" }

const (
	reportsKept = 12               // of each reader in a cohort
	mailWithin  = 24 * time.Hour   // a report that could not be mailed by then is only kept
	claimHolds  = 30 * time.Minute // longer than one mail can take, shorter than the job's interval
)

// Reports makes the reports that coordinators asked for once a week, keeps the
// newest of them, and mails them where that is set up.
type Reports struct {
	Readiness *Service
	Store     ReportStore
	Mailer    cohort.Mailer // nil: no mail server is set
	Site      string        // the address that mails lead to
	NewID     func() string
}

// Made counts what became of reports.
type Made struct {
	Made, Mailed, Refused int
}

// Schedule reads what the actor asked for of a cohort; the zero Subscription
// where that is nothing. NotFound for a cohort that they do not look after.
func (s *Reports) Schedule(ctx context.Context, actor identity.Actor, id cohort.ID) (Subscription, error) {
	if _, err := s.Readiness.Cohorts.Cohort(ctx, actor, id); err != nil {
		return Subscription{}, err
	}
	subscribed, err := s.Store.Subscription(ctx, id, actor.ID)
	if errs.KindOf(err) == errs.NotFound {
		return Subscription{}, nil
	}
	return subscribed, err
}

// Subscribe lets the actor have a cohort's report every week. Invalid, NotFound
// as Schedule, or Conflict with code archived.
func (s *Reports) Subscribe(ctx context.Context, actor identity.Actor, id cohort.ID, format report.Format, weekday int) (Subscription, error) {
	c, err := s.Readiness.Cohorts.Cohort(ctx, actor, id)
	switch {
	case err != nil:
		return Subscription{}, err
	case c.ArchivedAt != nil:
		return Subscription{}, errs.New(errs.Conflict, "archived", "No reports are made of a cohort that is archived. Take it out of the archive first.")
	case !slices.Contains(report.Formats, format):
		return Subscription{}, errs.InvalidField("format", "Choose one of the formats on offer.")
	case weekday < 1 || weekday > 7:
		return Subscription{}, errs.InvalidField("weekday", "Choose a day from 1, Monday, to 7, Sunday.")
	}
	err = s.Store.Subscribe(ctx, Subscription{Cohort: id, User: actor.ID, Format: format, Weekday: weekday, Since: s.Readiness.Now()})
	if err != nil {
		return Subscription{}, err
	}
	return s.Store.Subscription(ctx, id, actor.ID)
}

// Unsubscribe ends what the actor asked for; what was made stays.
func (s *Reports) Unsubscribe(ctx context.Context, actor identity.Actor, id cohort.ID) error {
	if _, err := s.Readiness.Cohorts.Cohort(ctx, actor, id); err != nil {
		return err
	}
	return s.Store.Unsubscribe(ctx, id, actor.ID)
}

// Files lists what was made for the actor of a cohort, newest first.
func (s *Reports) Files(ctx context.Context, actor identity.Actor, id cohort.ID) ([]ReportFile, error) {
	if _, err := s.Readiness.Cohorts.Cohort(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.Store.ReportFiles(ctx, id, actor.ID)
}

// File reads one report that was made for the actor. NotFound.
func (s *Reports) File(ctx context.Context, actor identity.Actor, id cohort.ID, file FileID) (ReportFile, error) {
	if _, err := s.Readiness.Cohorts.Cohort(ctx, actor, id); err != nil {
		return ReportFile{}, err
	}
	return s.Store.ReportFile(ctx, id, actor.ID, file)
}

// Run makes the reports that are due and mails what was not mailed yet. What
// fails is left to the next time and does not keep the others waiting.
func (s *Reports) Run(ctx context.Context) (Made, error) {
	var done Made
	subscribed, err := s.Store.Subscribers(ctx)
	if err != nil {
		return done, err
	}
	var failures []error
	for _, one := range subscribed {
		if !one.Due(s.Readiness.Now()) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return done, err
		}
		made, err := s.make(ctx, one)
		if made {
			done.Made++
		}
		failures = append(failures, err)
	}
	failures = append(failures, s.mail(ctx, &done))
	return done, errors.Join(failures...)
}

// make makes a report as its reader would, and keeps it. False where another
// process made it, or the reader looks after the cohort no more.
func (s *Reports) make(ctx context.Context, to Subscriber) (bool, error) {
	snapshot, err := s.Readiness.Snapshot(ctx, identity.Actor{ID: to.User, Role: to.Role}, to.Cohort)
	if errs.KindOf(err) == errs.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	people := snapshot.People(Filter{}, Sort{Key: ByHelp})
	export, err := snapshot.export(people, to.Format)
	if err != nil {
		return false, err
	}
	said, err := json.Marshal(map[string]any{"format": to.Format, "rows": len(people), "scheduled": true})
	if err != nil {
		return false, err
	}
	file := ReportFile{
		ID: FileID(s.NewID()), Cohort: to.Cohort, MadeFor: to.User, MadeAt: snapshot.Now, Format: to.Format, Export: export,
	}
	entry := audit.Entry{At: snapshot.Now, Actor: string(to.User), Action: ActionExport, Object: string(to.Cohort), Detail: string(said)}
	return s.Store.KeepReport(ctx, to.Subscription, file, reportsKept, entry)
}

// mail sends the reports that were not sent yet. It stops after an error that no
// other mail would be spared.
func (s *Reports) mail(ctx context.Context, done *Made) error {
	if s.Mailer == nil {
		return nil
	}
	waiting, err := s.Store.UnmailedReports(ctx, s.Readiness.Now().Add(-mailWithin))
	if err != nil {
		return err
	}
	var failures []error
	for _, one := range waiting {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(failures, err)...)
		}
		err := s.send(context.WithoutCancel(ctx), one, done) // a mail under way is finished
		failures = append(failures, err)
		if errs.KindOf(err) == errs.Unavailable {
			break
		}
	}
	return errors.Join(failures...)
}

// send sends one report and then keeps that it was sent. Of jobs that run at
// once, one claims it. A crash after sending and before keeping sends it again
// once the claim is over, with the same id.
func (s *Reports) send(ctx context.Context, one Unmailed, done *Made) error {
	now := s.Readiness.Now()
	claimed, err := s.Store.ClaimReport(ctx, one.ID, now, now.Add(-claimHolds))
	if err != nil || !claimed {
		return err
	}
	file, err := s.Store.ReportFile(ctx, one.Cohort, one.MadeFor, one.ID)
	if err != nil {
		return err
	}
	err = s.Mailer.Send(ctx, cohort.Mail{
		ID: strings.ReplaceAll(string(file.ID), "-", ""), To: one.Email, Subject: "Muster: weekly report", Text: s.letter(one),
		Files: []cohort.MailFile{{Name: file.Name, Media: file.Format.Media(), Content: file.File}},
	})
	switch {
	case err == nil:
		done.Mailed++
		return s.Store.MarkReport(ctx, file.ID, MailSent)
	case errs.KindOf(err) == errs.Invalid: // asking again would get the same answer
		done.Refused++
		return s.Store.MarkReport(ctx, file.ID, MailRefused)
	}
	return err
}

// letter is what a mail says beside the report. Names are on one line each.
func (s *Reports) letter(one Unmailed) string {
	return fmt.Sprintf("Hello %s,\n\nthe weekly report of %s, made %s, is attached.\nIt names people: keep it as you would keep their files.\n\n"+
		"All reports of the last weeks, and how to stop them: %s/coordinator/cohorts/%s/settings\n",
		oneLine(one.Name), oneLine(one.CohortName), one.MadeAt.UTC().Format("2 January 2006 15:04 MST"), s.Site, one.Cohort)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
