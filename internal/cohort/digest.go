package cohort

import (
	"cmp"
	"slices"
	"time"
)

// dueSoon is how many days before its date a task is due soon.
const dueSoon = 3

// Notice names one thing that an e-mail tells somebody: a message, or a task
// with the stage that it has reached. Each is told once.
type Notice string

// Digest is what one e-mail tells a trainee: what is new since the last one.
type Digest struct {
	Messages    []Received   // not read; oldest first
	Refreshers  []Refresher  // asked for, now due soon, or now late; due first
	Assignments []Assignment // now due soon or now late; due first
	Notices     []Notice     // all of that by name, none where there is nothing to say
}

// stage is where a task stands before its date.
type stage string

const (
	stageAhead stage = "ahead"
	stageSoon  stage = "soon"
	stageLate  stage = "late" // a task may be done until the end of its date, UTC
)

func stageOf(dueOn string, now time.Time) stage {
	switch now = now.UTC(); {
	case dueOn < now.Format(time.DateOnly):
		return stageLate
	case dueOn <= now.AddDate(0, 0, dueSoon).Format(time.DateOnly):
		return stageSoon
	}
	return stageAhead
}

// digestOf gathers what is new for a trainee: messages of the cohorts that they
// are in and have not read, and tasks that have reached another stage. The
// memberships hold only what is not done yet.
func digestOf(open []Membership, received []Received, told map[Notice]bool, now time.Time) Digest {
	var d Digest
	tell := func(n Notice) bool {
		fresh := !told[n]
		if fresh {
			d.Notices = append(d.Notices, n)
		}
		return fresh
	}
	for _, m := range slices.Backward(received) { // newest first
		inIt := slices.ContainsFunc(open, func(o Membership) bool { return o.ID == m.Cohort })
		if m.ReadAt == nil && inIt && tell(Notice("message/"+m.ID)) {
			d.Messages = append(d.Messages, m)
		}
	}
	for _, m := range open {
		for _, r := range m.Refreshers {
			if tell(noticeOf("refresher", r.ID, r.DueOn, now)) {
				d.Refreshers = append(d.Refreshers, r)
			}
		}
	}
	for _, a := range earliest(open) {
		if stageOf(a.DueOn, now) != stageAhead && tell(noticeOf(string(a.Kind), a.Slug, a.DueOn, now)) {
			d.Assignments = append(d.Assignments, a)
		}
	}
	slices.SortStableFunc(d.Refreshers, func(a, b Refresher) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return d
}

// noticeOf names a task at its stage. With another date it is another notice.
func noticeOf(kind, name, dueOn string, now time.Time) Notice {
	return Notice(kind + "/" + name + "/" + dueOn + "/" + string(stageOf(dueOn, now)))
}

// earliest gives what cohorts ask of a trainee, each thing once and by the first
// of its dates; due first.
func earliest(memberships []Membership) []Assignment {
	var all []Assignment
	for _, m := range memberships {
		all = append(all, m.Due()...)
	}
	slices.SortStableFunc(all, func(a, b Assignment) int { return cmp.Compare(a.DueOn, b.DueOn) })
	type thing struct {
		kind Kind
		slug string
	}
	seen := make(map[thing]bool)
	return slices.DeleteFunc(all, func(a Assignment) bool {
		again := seen[thing{a.Kind, a.Slug}]
		seen[thing{a.Kind, a.Slug}] = true
		return again
	})
}
