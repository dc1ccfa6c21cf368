package readiness

import (
	"context"
	"slices"
	"sync"
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

// Attempts is what readiness reads of assessment.
type Attempts interface {
	Attempts(ctx context.Context, trainee identity.UserID) ([]assessment.GradedAttempt, error)
}

// Credentials is what readiness reads of certificates.
type Credentials interface {
	// Credentials reads those of a person, in the order of issue.
	Credentials(ctx context.Context, holder identity.UserID) ([]credential.Held, error)
	// CohortCredentials reads those of a cohort's members, of each in the order of issue.
	CohortCredentials(ctx context.Context, c cohort.ID) ([]credential.Held, error)
}

// Trail keeps who took figures away.
type Trail interface {
	Audit(ctx context.Context, entries ...audit.Entry) error
}

// Service tells coordinators where their people stand, and trainees where they
// stand themselves.
type Service struct {
	Cohorts     *cohort.Service
	Learning    *learning.Service
	Attempts    Attempts
	Credentials Credentials
	Trail       Trail
	Catalogue   *curriculum.Catalogue
	Now         func() time.Time
}

// Member is somebody in a cohort: who they are, what is asked of them and where
// they stand.
type Member struct {
	cohort.Member
	Person
	Tasks []Task // with the dates that hold for them
	Aid   Aid    // that stands
}

// Snapshot is a cohort with all its people at one moment. Every page, export
// and figure is made from one.
type Snapshot struct {
	*Assessor
	Cohort    cohort.Detail
	Members   []*Member // by name, without those who are suspended
	Suspended []*Member // by name; no figure counts them
}

// Overview counts the people of the snapshot.
func (s *Snapshot) Overview() Overview {
	o := s.overview(s.Members)
	o.Suspended = len(s.Suspended)
	return o
}

// Snapshot reads a cohort that the actor looks after. NotFound.
func (s *Service) Snapshot(ctx context.Context, actor identity.Actor, id cohort.ID) (*Snapshot, error) {
	return s.snapshot(ctx, actor, id, func(cohort.Member) bool { return true })
}

// snapshot reads a cohort with those of its people who are wanted.
func (s *Service) snapshot(ctx context.Context, actor identity.Actor, id cohort.ID, wanted func(cohort.Member) bool) (*Snapshot, error) {
	detail, err := s.Cohorts.Detail(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	enrolled, err := s.Cohorts.Members(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	aids, err := s.aids(ctx, id)
	if err != nil {
		return nil, err
	}
	var members []Member
	var users []identity.UserID
	for _, m := range enrolled {
		if wanted(m) {
			due := cohort.Membership{Assignments: detail.Assignments, Extensions: aids[m.ID].Extensions}.Due()
			members = append(members, Member{Member: m, Tasks: cameAfter(tasksOf(due), m.EnrolledAt), Aid: aids[m.ID]})
			users = append(users, m.ID)
		}
	}
	summaries, err := s.Learning.Summaries(ctx, users)
	if err != nil {
		return nil, err
	}
	held, err := s.Credentials.CohortCredentials(ctx, id)
	if err != nil {
		return nil, err
	}
	snapshot := &Snapshot{Assessor: NewAssessor(s.Catalogue, detail.DeploysOn, s.Now()), Cohort: detail}
	snapshot.assess(members, summaries, certificates(held))
	return snapshot, nil
}

// assess fills in where each member stands, in two halves side by side.
func (s *Snapshot) assess(members []Member, summaries []*learning.Summary, held map[identity.UserID][]Certificate) {
	part := func(from, to int) {
		for i := from; i < to; i++ {
			m := &members[i]
			m.Person = s.Assess(summaries[i], held[m.ID], m.Tasks)
			m.Aid = s.standingAid(&m.Person, m.Aid)
		}
	}
	half := len(members) / 2
	var others sync.WaitGroup
	others.Go(func() { part(half, len(members)) })
	part(0, half)
	others.Wait()
	for i := range members {
		if m := &members[i]; m.SuspendedAt == nil {
			s.Members = append(s.Members, m)
		} else {
			s.Suspended = append(s.Suspended, m)
		}
	}
}

// certificates gives those that count by holder. held is in the order of issue.
func certificates(held []credential.Held) map[identity.UserID][]Certificate {
	counting := make(map[identity.UserID][]Certificate)
	for _, h := range credential.Counting(held) {
		c := Certificate{Exam: h.Award.Exam, ValidUntil: h.ValidUntil, Revoked: !h.Revocation.At.IsZero()}
		counting[h.Holder] = append(counting[h.Holder], c)
	}
	return counting
}

// extensions reads the extensions of a cohort by whose they are.
func (s *Service) extensions(ctx context.Context, id cohort.ID) (map[identity.UserID][]cohort.Extension, error) {
	all, err := s.Cohorts.Store.Extensions(ctx, id)
	theirs := make(map[identity.UserID][]cohort.Extension)
	for _, e := range all {
		theirs[e.User] = append(theirs[e.User], e)
	}
	return theirs, err
}

// tasksOf gives what assignments ask.
func tasksOf(assignments []cohort.Assignment) []Task {
	tasks := make([]Task, len(assignments))
	for i, a := range assignments {
		tasks[i].DueOn = a.DueOn
		switch a.Kind {
		case cohort.KindModule:
			tasks[i].Module = curriculum.ModuleSlug(a.Slug)
		case cohort.KindExam:
			tasks[i].Exam = curriculum.QuizSlug(a.Slug)
		}
	}
	return tasks
}

// cameAfter marks the tasks whose date was over when somebody came.
func cameAfter(tasks []Task, at time.Time) []Task {
	day := at.UTC().Format(time.DateOnly)
	for i, t := range tasks {
		tasks[i].JoinedLate = t.DueOn != "" && t.DueOn < day
	}
	return tasks
}

// Record is all that a coordinator sees of one of their people.
type Record struct {
	*Member
	Assessor   *Assessor
	Attempts   []assessment.GradedAttempt // newest first
	Refreshers []Refresher                // oldest first
	Extensions []cohort.Extension         // oldest first

	Credentials []credential.Held // in the order of issue
}

// DueAt says by outcome when it is to be reviewed, as DueAt does; those without
// an answer are left out.
func (r Record) DueAt() map[curriculum.OutcomeID]time.Time {
	due := make(map[curriculum.OutcomeID]time.Time, len(r.Summary.Outcomes))
	for _, o := range r.Summary.Outcomes {
		due[o.Outcome] = DueAt(o)
	}
	return due
}

// Refresher is a refresher that may be done.
type Refresher struct {
	cohort.Refresher
	Done bool // the practice was passed since it was asked for
}

// Person reads the record of somebody in a cohort that the actor looks after.
// NotFound.
func (s *Service) Person(ctx context.Context, actor identity.Actor, id cohort.ID, user identity.UserID) (Record, error) {
	snapshot, err := s.snapshot(ctx, actor, id, func(m cohort.Member) bool { return m.ID == user })
	if err != nil {
		return Record{}, err
	}
	found := slices.Concat(snapshot.Members, snapshot.Suspended)
	if len(found) == 0 {
		return Record{}, errs.Missing("person")
	}
	record := Record{Member: found[0], Assessor: snapshot.Assessor}
	if record.Attempts, err = s.Attempts.Attempts(ctx, user); err != nil {
		return Record{}, err
	}
	slices.Reverse(record.Attempts)
	if record.Credentials, err = s.Credentials.Credentials(ctx, user); err != nil {
		return Record{}, err
	}
	extensions, err := s.extensions(ctx, id)
	if err != nil {
		return Record{}, err
	}
	record.Extensions = extensions[user]
	refreshers, err := s.Cohorts.Store.Refreshers(ctx, id)
	for _, r := range refreshers {
		if r.User == user {
			record.Refreshers = append(record.Refreshers, Refresher{r, record.Summary.Refreshed(r)})
		}
	}
	return record, err
}

// Own is where a trainee stands in one of their cohorts.
type Own struct {
	Cohort  cohort.Cohort
	On      time.Time // the day it is told for
	Person  Person
	Reasons []Reason

	Refreshers []cohort.Refresher // not done yet, due first
}

// Own tells the actor where they stand in each of their cohorts, as their
// coordinators see it, grades that are not shown to the actor yet aside.
func (s *Service) Own(ctx context.Context, actor identity.Actor) ([]Own, error) {
	memberships, err := s.Cohorts.Memberships(ctx, actor)
	if err != nil || len(memberships) == 0 {
		return nil, err
	}
	summary, err := s.Learning.OwnSummary(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	held, err := s.Credentials.Credentials(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	open, err := s.Learning.Unfinished(ctx, actor.ID, memberships)
	if err != nil {
		return nil, err
	}
	mine := certificates(held)[actor.ID]
	own := make([]Own, len(memberships))
	for i, m := range memberships {
		a := NewAssessor(s.Catalogue, m.DeploysOn, s.Now())
		tasks := tasksOf(m.Due())
		person := a.Assess(summary, mine, tasks)
		own[i] = Own{Cohort: m.Cohort, On: a.Day, Person: person, Reasons: a.Reasons(person, tasks), Refreshers: open[i].Refreshers}
	}
	return own, nil
}
