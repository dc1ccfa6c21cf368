package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Account is a trainee's account that a coordinator may take into a cohort: one
// that is in another cohort of theirs, or was and is now in nobody else's.
type Account struct {
	identity.User
	Here bool // enrolled in that cohort now
}

// AccountQuery asks for accounts that may be taken into a cohort.
type AccountQuery struct {
	Into        ID
	Coordinator identity.UserID // whose they must be; "" = anybody's
	Usernames   []string        // folded
	Emails      []string        // in small; an account with either is found
}

// Newcomers is people who come into a cohort at once.
type Newcomers struct {
	New        []identity.User   // their accounts are made
	Known      []identity.UserID // they have one
	At         time.Time
	Extensions []Extension // theirs
}

// ActionAdd is the audit action of taking in somebody who has an account.
const ActionAdd audit.Action = "enrolment.add"

// reach says whose accounts the actor may take in: "" for an admin's, anybody's.
func reach(actor identity.Actor) identity.UserID {
	if actor.Role == identity.Admin {
		return ""
	}
	return actor.ID
}

func (s *Service) today() string { return s.Now().UTC().Format(time.DateOnly) }

// overdue gives the assignments that are past their date on a day.
func overdue(assignments []Assignment, today string) []Assignment {
	return slices.DeleteFunc(slices.Clone(assignments), func(a Assignment) bool { return a.DueOn >= today })
}

// restore takes people in again who were removed from a cohort: as they were, with
// what they were given. Who is in the cohort of others now is left to them.
func (s *Service) restore(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID) (int, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return 0, err
	}
	left, err := s.Roster(ctx, actor, id, RosterQuery{State: Removed})
	if err != nil {
		return 0, err
	}
	query := AccountQuery{Into: id, Coordinator: reach(actor)}
	for _, e := range left {
		if slices.Contains(users, e.ID) {
			query.Usernames = append(query.Usernames, identity.FoldName(e.Username))
		}
	}
	accounts, err := s.Store.Accounts(ctx, query)
	if err != nil {
		return 0, err
	}
	change := EnrolmentChange{Action: Restore}
	var entries []audit.Entry
	for _, a := range accounts {
		change.Users = append(change.Users, a.ID)
		entries = append(entries, s.entry(actor, actionOn(Restore), string(a.ID), map[string]string{"cohort": string(id)}))
	}
	if len(accounts) == 0 || len(accounts) < len(users) {
		return 0, errs.InvalidField("users", "You cannot restore everybody on the list. Load the page again; if somebody is still refused, ask an administrator.")
	}
	return len(accounts), s.Store.ChangeEnrolments(ctx, id, change, s.Now(), entries)
}

// known is the accounts that rows of a file may mean.
type known struct {
	byName  map[string]Account // folded username
	byEmail map[string][]Account
}

// knownTo reads the accounts that are named in candidates and that the actor may
// take in.
func (s *Service) knownTo(ctx context.Context, actor identity.Actor, id ID, people []candidate) (known, error) {
	query := AccountQuery{Into: id, Coordinator: reach(actor)}
	for _, c := range people {
		if c.base == "" {
			query.Usernames = append(query.Usernames, identity.FoldName(c.user.Username))
		}
		if c.user.Email != "" {
			query.Emails = append(query.Emails, strings.ToLower(c.user.Email))
		}
	}
	accounts, err := s.Store.Accounts(ctx, query)
	k := known{byName: make(map[string]Account), byEmail: make(map[string][]Account)}
	for _, a := range accounts {
		k.byName[identity.FoldName(a.Username)] = a
		if a.Email != "" {
			email := strings.ToLower(a.Email)
			k.byEmail[email] = append(k.byEmail[email], a)
		}
	}
	return k, err
}

// recognise takes out of a list who has an account already; with add, they are
// among those to be enrolled. A row means an account by its username, or, where
// it gives none, by its e-mail address.
func (l *list) recognise(k known, add bool) {
	var others []candidate
	for _, c := range l.people {
		same := k.byEmail[strings.ToLower(c.user.Email)]
		account, named := k.byName[identity.FoldName(c.user.Username)]
		switch {
		case c.base == "" && named:
			l.meet(c, account, add)
		case c.base == "" && len(same) > 0:
			l.say(c.line, SeverityWarning, "%s (%s) has this e-mail address too. If it is the same person, give that username.", same[0].Name, same[0].Username)
			others = append(others, c)
		case c.base == "" || len(same) == 0:
			others = append(others, c)
		case len(same) > 1:
			l.say(c.line, SeverityError, "Several accounts have this e-mail address. Give the username of the one you mean.")
		default:
			l.meet(c, same[0], add)
		}
	}
	l.people = others
}

// meet says what becomes of a row whose person has an account.
func (l *list) meet(c candidate, a Account, add bool) {
	first, twice := l.met[a.ID]
	switch {
	case a.Here:
		l.say(c.line, SeverityError, "%s (%s) is in this cohort already: nothing is to be done. Leave the row out.", a.Name, a.Username)
	case twice:
		l.say(c.line, SeverityError, "The same account is meant on line %d too.", first)
	case !add:
		l.met[a.ID] = c.line
		l.say(c.line, SeverityError, "%s (%s) has an account already. Choose to add existing accounts, and this person is added; if it is another person, give another username.", a.Name, a.Username)
	default:
		l.met[a.ID] = c.line
		if identity.FoldName(a.Name) != identity.FoldName(c.user.Name) {
			l.say(c.line, SeverityWarning, "The account %s is that of %s, and stays so; the file says %s.", a.Username, a.Name, c.user.Name)
		}
		l.known = append(l.known, candidate{line: c.line, user: a.User, known: true})
	}
}
