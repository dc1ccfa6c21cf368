package cohort

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// ActionImport is the audit action of an import of people.
const ActionImport audit.Action = "cohort.import"

// Import is a file of people to enrol. Its columns are name, username, email
// and locale, of which only the name is needed.
type Import struct {
	Format  Format
	File    []byte
	DryRun  bool // say what would be done, and do nothing
	SkipBad bool // leave out rows with errors instead of refusing the file

	AddKnown bool   // enrol also who has an account that the actor may take in
	NewDate  string // for these people, of what was due before today; "" = the cohort's dates
}

// ImportReport is what an import has made of a file, or would make.
type ImportReport struct {
	Rows     int
	Created  int // 0 in a dry run
	People   []ImportedPerson
	Findings []Finding
	Known    int          // rows of who has an account that can be added
	Overdue  []Assignment // what was due before today
}

// ImportedPerson is a row without an error.
type ImportedPerson struct {
	Line     int
	Name     string
	Username string
	Email    string
	Known    bool // they had an account before
}

// Finding is something to know about a file of people.
type Finding struct {
	Line     int // 1 is the row of headings
	Severity Severity
	Message  string
}

// Severity is what a finding means for its row.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // the row cannot be taken
	SeverityWarning Severity = "warning" // it is taken; look at it
)

// Import enrols the people of a file in a cohort, with accounts that have no
// password yet. It is all or nothing: where a row has an error nobody is
// enrolled, unless bad rows are to be skipped. Invalid where the file as a
// whole cannot be read.
func (s *Service) Import(ctx context.Context, actor identity.Actor, id ID, in Import) (ImportReport, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return ImportReport{}, err
	}
	table, err := readTable(in.Format, in.File)
	if err != nil {
		return ImportReport{}, err
	}
	late, err := s.lateFor(ctx, id, in.NewDate)
	if err != nil {
		return ImportReport{}, err
	}
	members, err := s.Store.Members(ctx, id)
	if err != nil {
		return ImportReport{}, err
	}
	l := &list{
		service: s, findings: table.findings, named: make(map[string]int), used: make(map[string]int),
		last: make(map[string]int), there: make(map[string]bool), met: make(map[identity.UserID]int),
	}
	for _, m := range members {
		l.there[identity.FoldName(m.Name)] = true
	}
	for _, r := range table.rows {
		l.add(r)
	}
	accounts, err := s.knownTo(ctx, actor, id, l.people)
	if err != nil {
		return ImportReport{}, err
	}
	l.recognise(accounts, in.AddKnown)
	if err := l.settle(ctx); err != nil {
		return ImportReport{}, err
	}
	report := l.report(table)
	report.Overdue = late
	bad := len(report.People) < report.Rows
	if in.DryRun || bad && !in.SkipBad || len(l.people) == 0 {
		return report, nil
	}
	report.Created = len(l.people)
	if in.NewDate == "" {
		late = nil
	}
	return report, s.enrol(ctx, actor, id, l.people, late, in.NewDate)
}

// lateFor gives what was due in a cohort before today. Invalid where the new date
// for it is over too.
func (s *Service) lateFor(ctx context.Context, id ID, newDate string) ([]Assignment, error) {
	today := s.today()
	if newDate != "" && (!isDate(newDate) || newDate < today) {
		return nil, errs.InvalidField("new_date", "Give a date from today on, in the form 2027-02-01.")
	}
	detail, err := s.Store.Detail(ctx, id)
	return overdue(detail.Assignments, today), err
}

// enrol keeps the people of a file, their accounts and another date for what was
// due before they came, in one transaction.
func (s *Service) enrol(ctx context.Context, actor identity.Actor, id ID, people []candidate, late []Assignment, newDate string) error {
	in, entries := Newcomers{At: s.Now()}, make([]audit.Entry, 0, len(people)*(1+len(late))+1)
	for _, p := range people {
		if p.known {
			in.Known = append(in.Known, p.user.ID)
			entries = append(entries, s.entry(actor, ActionAdd, string(p.user.ID), map[string]string{"cohort": string(id)}))
		} else {
			in.New = append(in.New, p.user)
			entries = append(entries, identity.CreateEntry(p.user, string(actor.ID)))
		}
		for _, a := range late {
			in.Extensions = append(in.Extensions, Extension{
				Cohort: id, User: p.user.ID, Kind: a.Kind, Slug: a.Slug, DueOn: newDate, Reason: "Came after the date.", By: actor.ID, At: in.At,
			})
			said := map[string]string{"cohort": string(id), string(a.Kind): a.Slug, "due_on": newDate}
			entries = append(entries, s.entry(actor, ActionExtend, string(p.user.ID), said))
		}
	}
	said := map[string]string{"people": strconv.Itoa(len(people))}
	entries = append(entries, s.entry(actor, ActionImport, string(id), said))
	return s.Store.Enrol(ctx, id, in, entries)
}

// candidate is a row that may become a member.
type candidate struct {
	line   int
	user   identity.User
	base   string // what the username is made from, "" where the file gives one
	number int    // that stands after the base; 1 is left out where it can be
	known  bool   // the user has an account
}

// next makes the next username from the base. A base of two letters, as many
// Chinese names are, is too short without a number.
func (c *candidate) next() {
	c.number++
	c.user.Username = c.base + strconv.Itoa(c.number)
	if c.number == 1 && utf8.RuneCountInString(c.base) > 2 {
		c.user.Username = c.base
	}
}

// list is the people of a file on their way to become members.
type list struct {
	service  *Service
	people   []candidate
	findings []Finding
	named    map[string]int          // folded name → first line
	used     map[string]int          // folded username → line; 0 is an account that is there
	last     map[string]int          // base → the highest number that is used after it
	there    map[string]bool         // folded names in the cohort
	known    []candidate             // who has an account, and is added
	met      map[identity.UserID]int // whose account is meant → line
}

func (l *list) say(line int, severity Severity, format string, args ...any) {
	l.findings = append(l.findings, Finding{Line: line, Severity: severity, Message: fmt.Sprintf(format, args...)})
}

// add takes a row in, or says what is wrong with it.
func (l *list) add(r row) {
	c, err := l.candidate(r)
	if err != nil {
		l.say(r.line, SeverityError, "%s", messageOf(err))
		return
	}
	if l.isNew(c) {
		l.people = append(l.people, c)
	}
}

// candidate makes the account of a row.
func (l *list) candidate(r row) (candidate, error) {
	c := candidate{line: r.line}
	name, username := r.cells[columnName], r.cells[columnUsername]
	switch {
	case name == "":
		return c, errs.InvalidField("name", "The name is missing.")
	case isFormula(name):
		return c, errs.InvalidField("name", "This is a formula, not a name.")
	case username == "":
		if c.base = usernameBase(name); c.base == "" {
			return c, errs.InvalidField("username", "No username can be made from this name: give one in the column username.")
		}
		c.next()
		username = c.user.Username
	}
	user, err := l.service.Identity.PrepareLocked(identity.Registration{
		Username: username, Name: name, Email: r.cells[columnEmail], Locale: strings.ToLower(r.cells[columnLocale]), Role: identity.Trainee,
	})
	c.user = user
	return c, err
}

// isNew says whether a row is not somebody who is there already, and finds who
// comes twice.
func (l *list) isNew(c candidate) bool {
	folded := identity.FoldName(c.user.Name)
	if c.base != "" && l.there[folded] {
		l.say(c.line, SeverityError, "Somebody of this name is in the cohort already. If this is another person, give them a username.")
		return false
	}
	if first, twice := l.named[folded]; twice && c.base != "" {
		l.say(c.line, SeverityWarning, "The same name stands on line %d. Is this another person?", first)
	} else if !twice {
		l.named[folded] = c.line
	}
	if c.base != "" {
		return true // its username is settled when all that are given are known
	}
	username := identity.FoldName(c.user.Username)
	if first, twice := l.used[username]; twice {
		l.say(c.line, SeverityError, "The username stands on line %d too.", first)
		return false
	}
	l.used[username] = c.line
	return true
}

// settle refuses given usernames that have an account, and finds free ones for
// the others. Each round asks for all at once, and knows more that are taken.
func (l *list) settle(ctx context.Context) error {
	waiting := slices.Clone(l.people)
	l.people = l.people[:0]
	for len(waiting) > 0 {
		names := make([]string, len(waiting))
		for i := range waiting {
			l.choose(&waiting[i])
			names[i] = identity.FoldName(waiting[i].user.Username)
		}
		taken, err := l.service.Store.TakenUsernames(ctx, names)
		if err != nil {
			return err
		}
		var again []candidate
		for i, c := range waiting {
			switch {
			case !taken[names[i]]:
				l.people = append(l.people, c)
			case c.base == "":
				l.say(c.line, SeverityError, "This username is taken. If it is this person, ask an administrator to add them; if not, leave it empty or give another.")
			default:
				l.used[names[i]] = 0
				again = append(again, c)
			}
		}
		waiting = again
	}
	l.people = append(l.people, l.known...)
	slices.SortFunc(l.people, func(a, b candidate) int { return a.line - b.line })
	return nil
}

// choose takes the next made username that nobody of the file has.
func (l *list) choose(c *candidate) {
	if c.base == "" {
		return
	}
	for {
		folded := identity.FoldName(c.user.Username)
		if _, twice := l.used[folded]; !twice {
			l.used[folded], l.last[c.base] = c.line, c.number
			return
		}
		c.number = max(c.number, l.last[c.base])
		c.next()
	}
}

func (l *list) report(t table) ImportReport {
	r := ImportReport{Rows: len(t.rows) + t.unreadable, People: make([]ImportedPerson, len(l.people)), Findings: l.findings, Known: len(l.met)}
	for i, p := range l.people {
		r.People[i] = ImportedPerson{Line: p.line, Name: p.user.Name, Username: p.user.Username, Email: p.user.Email, Known: p.known}
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return a.Line - b.Line })
	return r
}

// messageOf is what an error says to the person.
func messageOf(err error) string {
	var known *errs.Error
	if errors.As(err, &known) {
		return known.Msg
	}
	return "This row cannot be taken."
}

// isFormula says whether a spreadsheet would run a text instead of showing it.
func isFormula(text string) bool { return text != "" && strings.ContainsRune("=+-@", rune(text[0])) }

// usernameBase makes the start of a username from a name: its letters, their marks
// and digits in small, words joined by dots. Letters of every script stay as they are; ""
// where fewer than two are left.
func usernameBase(name string) string {
	var words []string
	for _, word := range strings.Fields(identity.FoldName(name)) {
		kept := strings.Map(func(r rune) rune {
			if identity.UsernameRune(r) {
				return r
			}
			return -1
		}, word)
		if kept != "" {
			words = append(words, kept)
		}
	}
	base := []rune(strings.Join(words, "."))
	if len(base) < 2 {
		return ""
	}
	return string(base[:min(len(base), 56)])
}
