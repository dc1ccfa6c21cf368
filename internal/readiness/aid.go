package readiness

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
)

// WrittenFor is how long a message counts as something that was done about a need.
const WrittenFor = 14 * 24 * time.Hour

// Aid is what their coordinators did for somebody that still stands: it need not
// be done again.
type Aid struct {
	Refreshers []cohort.Refresher // not done; oldest first
	Extensions []cohort.Extension // of what is asked, not done, and not over; oldest first
	Written    []cohort.Written   // within WrittenFor, newest first
}

// refreshed gives the standing refresher of a lesson.
func (a Aid) refreshed(module curriculum.ModuleSlug, lesson curriculum.LessonSlug) (cohort.Refresher, bool) {
	at := slices.IndexFunc(a.Refreshers, func(r cohort.Refresher) bool { return r.Module == module && r.Lesson == lesson })
	if at < 0 {
		return cohort.Refresher{}, false
	}
	return a.Refreshers[at], true
}

// aids reads what was done for the people of a cohort, all that may stand.
func (s *Service) aids(ctx context.Context, id cohort.ID) (map[identity.UserID]Aid, error) {
	extensions, err := s.extensions(ctx, id)
	if err != nil {
		return nil, err
	}
	refreshers, err := s.Cohorts.Store.Refreshers(ctx, id)
	if err != nil {
		return nil, err
	}
	written, err := s.Cohorts.Store.Written(ctx, id, s.Now().Add(-WrittenFor))
	if err != nil {
		return nil, err
	}
	aids := make(map[identity.UserID]Aid)
	change := func(user identity.UserID, add func(*Aid)) {
		a := aids[user]
		add(&a)
		aids[user] = a
	}
	for user, own := range extensions {
		change(user, func(a *Aid) { a.Extensions = own })
	}
	for _, r := range refreshers {
		change(r.User, func(a *Aid) { a.Refreshers = append(a.Refreshers, r) })
	}
	for _, w := range written {
		change(w.User, func(a *Aid) { a.Written = append(a.Written, w) })
	}
	return aids, nil
}

// standingAid leaves of what was done for a person what still stands.
func (a *Assessor) standingAid(p *Person, given Aid) Aid {
	return Aid{
		Written: given.Written,
		Refreshers: slices.DeleteFunc(given.Refreshers, func(r cohort.Refresher) bool {
			_, taught := a.Catalogue.Lesson(r.Module, r.Lesson)
			return !taught || p.Summary.Refreshed(r)
		}),
		Extensions: slices.DeleteFunc(slices.Clone(given.Extensions), func(e cohort.Extension) bool {
			return a.past(e.DueOn) || p.finished(e.Kind, e.Slug)
		}),
	}
}

// finished says whether nothing of what is asked in a thing is to be done yet.
func (p *Person) finished(kind cohort.Kind, slug string) bool {
	return !slices.ContainsFunc(p.Reasons, func(r ReasonCount) bool {
		if kind == cohort.KindExam {
			return string(r.Exam) == slug && r.Code != CriticalStands
		}
		return string(r.Module) == slug && r.Code == ModuleOpen
	})
}

// Remedy is what is done about a need.
type Remedy string

// The remedies.
const (
	Refresh Remedy = "refresher" // a lesson to practise again
	Extend  Remedy = "extension" // more time
	Write   Remedy = "message"
)

// Remedy says what helps first: a lesson for what is not known, time for what is
// late, a word for who is away.
func (n Need) Remedy() Remedy {
	switch n.Code {
	case NeedCritical, NeedOutcome, NeedStuck:
		return Refresh
	case NeedOverdue, NeedJoinedLate:
		return Extend
	}
	return Write
}

// Key names the need: messages say by it what they are about.
func (n Need) Key() string {
	return strings.TrimRight(string(n.Code)+"/"+string(n.Module)+"/"+string(n.Outcome), "/")
}

// Limit is the number from which there is such a need: days without anything
// done, or attempts; 0 where no number makes it one.
func (n Need) Limit() int {
	switch n.Code {
	case NeedInactive:
		return int(InactiveAfter.Hours() / 24)
	case NeedStuck:
		return StuckAttempts
	}
	return 0
}

// Open is how many people nothing was done for yet. Time that was given ends the
// need by itself.
func (n Need) Open() int {
	switch n.Remedy() {
	case Refresh:
		return n.People - n.Refreshed.People
	case Write:
		return n.People - n.Written.People
	}
	return n.People
}

// Done is what was done of one sort for some people, and stands.
type Done struct {
	People int
	At     time.Time // of the newest
	DueOn  string    // the last date of all, "" = none
}

func (d *Done) add(at time.Time, dueOn string) {
	d.People++
	d.DueOn = max(d.DueOn, dueOn)
	if at.After(d.At) {
		d.At = at
	}
}

// told fills in what is told of a need beside whom it concerns.
func (a *Assessor) told(n Need, people []*Member) Need {
	n.People, n.Lesson = len(people), a.lessonFor(n, people)
	for _, m := range people {
		if r, ok := m.Aid.refreshed(n.Module, n.Lesson); ok && n.Lesson != "" {
			n.Refreshed.add(r.At, r.DueOn)
		}
		if at := slices.IndexFunc(m.Aid.Written, func(w cohort.Written) bool { return w.About == n.Key() }); at >= 0 {
			n.Written.add(m.Aid.Written[at].At, "")
		}
		for _, r := range m.Reasons {
			late := n.Code == NeedOverdue && !r.JoinedLate || n.Code == NeedJoinedLate && r.JoinedLate
			if late && r.Overdue && (n.Since == "" || r.DueOn < n.Since) {
				n.Since = r.DueOn
			}
		}
	}
	return n
}

// lessonFor gives the lesson that helps: that of the outcome, or of a module the
// one that these people hold least.
func (a *Assessor) lessonFor(n Need, people []*Member) curriculum.LessonSlug {
	if at, ok := a.at[n.Outcome]; ok {
		return a.Places[at].Lesson
	}
	var lesson curriculum.LessonSlug
	least := 0.0
	for _, l := range a.lessonsOf(n.Module) {
		sum := 0.0
		for _, m := range people {
			sum += *masteryOf(m, l.places)
		}
		if lesson == "" || sum < least {
			lesson, least = l.slug, sum
		}
	}
	return lesson
}

// taughtLesson is a lesson with the places of its outcomes.
type taughtLesson struct {
	slug   curriculum.LessonSlug
	places []int
}

func (a *Assessor) lessonsOf(module curriculum.ModuleSlug) []taughtLesson {
	var lessons []taughtLesson
	for i, p := range a.Places {
		if p.Module != module {
			continue
		}
		if n := len(lessons); n == 0 || lessons[n-1].slug != p.Lesson {
			lessons = append(lessons, taughtLesson{slug: p.Lesson})
		}
		last := &lessons[len(lessons)-1]
		last.places = append(last.places, i)
	}
	return lessons
}

// Refresh asks people of a cohort that the actor looks after to practise a lesson
// again: those of whom it is not asked already.
func (s *Service) Refresh(ctx context.Context, actor identity.Actor, id cohort.ID, users []identity.UserID, r cohort.Refresher) (cohort.Effect, error) {
	enrolled, err := s.Cohorts.Members(ctx, actor, id)
	if err != nil {
		return cohort.Effect{}, err
	}
	var members []identity.UserID
	for _, m := range enrolled {
		if slices.Contains(users, m.ID) {
			members = append(members, m.ID)
		}
	}
	read, err := s.Learning.Summaries(ctx, members)
	if err != nil {
		return cohort.Effect{}, err
	}
	summaries := make(map[identity.UserID]*learning.Summary, len(read))
	for i, user := range members {
		summaries[user] = read[i]
	}
	return s.Cohorts.AssignRefreshers(ctx, actor, id, users, r, func(old cohort.Refresher) bool {
		return summaries[old.User] != nil && summaries[old.User].Refreshed(old)
	})
}

// Extend gives people of a cohort that the actor looks after more time for what
// they have not finished.
func (s *Service) Extend(ctx context.Context, actor identity.Actor, id cohort.ID, users []identity.UserID, e cohort.Extending) (cohort.Effect, error) {
	snapshot, err := s.snapshot(ctx, actor, id, func(m cohort.Member) bool { return slices.Contains(users, m.ID) })
	if err != nil {
		return cohort.Effect{}, err
	}
	people := make(map[identity.UserID]*Member)
	for _, m := range slices.Concat(snapshot.Members, snapshot.Suspended) {
		people[m.ID] = m
	}
	e.Done = func(user identity.UserID, a cohort.Assignment) bool {
		return people[user] != nil && people[user].finished(a.Kind, a.Slug)
	}
	return s.Cohorts.Extend(ctx, actor, id, users, e)
}

// Glance is a cohort in a list: where its people stand, and the most pressing
// need about which something is to be done, nil where there is none.
type Glance struct {
	cohort.Listed
	Standings map[Standing]int
	Need      *Need
}

// Glances tells cohorts that the actor looks after, the most urgent first: those
// with something to do, the next to deploy first, then the most pressing need.
func (s *Service) Glances(ctx context.Context, actor identity.Actor, cohorts []cohort.Listed) ([]Glance, error) {
	glances := make([]Glance, len(cohorts))
	for i, c := range cohorts {
		snapshot, err := s.Snapshot(ctx, actor, c.ID)
		if err != nil {
			return nil, err
		}
		glances[i] = Glance{Listed: c, Standings: countStandings(snapshot.Members)}
		if c.ArchivedAt != nil {
			continue
		}
		needs := snapshot.needs(snapshot.Members)
		if at := slices.IndexFunc(needs, func(n Need) bool { return n.Open() > 0 }); at >= 0 {
			glances[i].Need = &needs[at]
		}
	}
	today := s.Now().UTC().Format(time.DateOnly)
	slices.SortStableFunc(glances, func(a, b Glance) int { return a.urgency(today).compare(b.urgency(today)) })
	return glances, nil
}

// urgency is what cohorts are ordered by: less is more urgent.
type urgency struct {
	quiet int // nothing is to be done
	day   string
	need  int
}

func (g Glance) urgency(today string) urgency {
	u := urgency{quiet: one(g.Need == nil), day: g.DeploysOn}
	if g.DeploysOn < today { // over, or not known
		u.day = "~"
	}
	if g.Need != nil {
		u.need = slices.Index(Needs, g.Need.Code)
	}
	return u
}

func (u urgency) compare(other urgency) int {
	return cmp.Or(cmp.Compare(u.quiet, other.quiet), cmp.Compare(u.day, other.day), cmp.Compare(u.need, other.need))
}
