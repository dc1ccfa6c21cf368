package cohort_test

import (
	"strings"
	"testing"

	"muster/internal/cohort"
	"muster/internal/identity"
)

// TestImportLate: who comes after a date gets another one in the same import, if
// somebody says so; the trail tells it.
func TestImportLate(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made, err := c.Create(t.Context(), kofi, cohort.Plan{Name: "Late", Assignments: []cohort.Assignment{
		{Kind: cohort.KindModule, Slug: "first", DueOn: "2027-01-13"}, {Kind: cohort.KindModule, Slug: "second", DueOn: "2027-01-14"},
		{Kind: cohort.KindExam, Slug: "final", DueOn: "2026-12-01"},
	}})
	must(t, err)
	report, _ := c.take(t, made.ID, "name\nAnna\n", cohort.Import{DryRun: true})
	want := []cohort.Assignment{{Cohort: made.ID, Kind: cohort.KindExam, Slug: "final", DueOn: "2026-12-01"}, {Cohort: made.ID, Kind: cohort.KindModule, Slug: "first", DueOn: "2027-01-13"}}
	same(t, "what was due before today", want, report.Overdue)
	c.take(t, made.ID, "name\nAnna\n", cohort.Import{})
	for _, date := range []string{"2027-01-13", "soon"} {
		_, err = c.Import(t.Context(), kofi, made.ID, cohort.Import{Format: cohort.CSV, File: []byte("name\nBoris\n"), NewDate: date})
		wantField(t, "a new date of "+date, err, "new_date")
	}
	c.take(t, made.ID, "name\nBoris\n", cohort.Import{NewDate: "2027-02-01"})
	members, err := c.Members(t.Context(), kofi, made.ID)
	must(t, err)
	for i, want := range []string{"2026-12-01 2027-01-13 2027-01-14", "2027-02-01 2027-02-01 2027-01-14"} {
		memberships, err := c.store.Memberships(t.Context(), members[i].ID)
		must(t, err)
		var dates []string
		for _, a := range memberships[0].Due() {
			dates = append(dates, a.DueOn)
		}
		same(t, members[i].Name+" has until", want, strings.Join(dates, " "))
	}
	boris, in := string(members[1].ID), `{"cohort":"`+string(made.ID)+`",`
	same(t, "audit", []string{
		"kofi user.create " + boris + " trainee",
		"kofi enrolment.extend " + boris + " " + in + `"due_on":"2027-02-01","exam":"final"}`, "kofi enrolment.extend " + boris + " " + in + `"due_on":"2027-02-01","module":"first"}`,
		"kofi cohort.import " + string(made.ID) + ` {"people":"1"}`,
	}, c.deeds(t, 4))
}

// TestImportKnown: who has an account is added only where that is asked for, and
// who is in the hands of others is told to nobody.
func TestImportKnown(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo, other := c.bravo(t, "here", "gone"), c.bravo(t, "mine", "passed.on")
	foreign, err := c.Create(t.Context(), lena, cohort.Plan{Name: "Charlie"})
	must(t, err)
	must(t, c.store.CreateMembers(t.Context(), foreign.ID, []identity.User{
		{ID: "theirs", Username: "theirs", Name: "Secret", Role: identity.Trainee, Email: "theirs@example.org", Locale: "en", CreatedAt: today},
	}, nil))
	must(t, c.store.ChangeEmail(t.Context(), "mine", "Mine@example.org", identity.CreateEntry(identity.User{ID: "mine"}, "mine")))
	c.act(t, kofi, bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"gone"}, Action: cohort.Remove})
	c.act(t, admin, other.ID, cohort.EnrolmentChange{Users: []identity.UserID{"passed.on"}, Action: cohort.Move, To: foreign.ID})
	const file = "name,username,email\nHERE,here,\nGone Again,gone,\nMine,,mine@EXAMPLE.org\nTheirs,theirs,\nNew,,theirs@example.org\nPassed,passed.on,\nBoss,kofi,\nMINE,mine,\n"
	const taken = " error: This username is taken. If it is this person, ask an administrator to add them; if not, leave it empty or give another.\n"
	const hint = " has an account already. Choose to add existing accounts, and this person is added; if it is another person, give another username.\n"
	report, got := c.take(t, bravo.ID, file, cohort.Import{DryRun: true})
	same(t, "without them", "6 New|new|theirs@example.org\n2 error: HERE (here) is in this cohort already: nothing is to be done. Leave the row out.\n"+
		"3 error: GONE (gone)"+hint+"4 error: MINE (mine)"+hint+"5"+taken+"7"+taken+"8"+taken+"9 error: The same account is meant on line 4 too.\n", got)
	if report.Known != 2 {
		t.Errorf("%d accounts can be added, want 2", report.Known)
	}
	report, got = c.take(t, bravo.ID, file, cohort.Import{AddKnown: true, SkipBad: true, NewDate: "2027-02-01"})
	same(t, "with them", "3 GONE|gone|\n4 MINE|mine|Mine@example.org\n6 New|new|theirs@example.org\n2 error: HERE (here) is in this cohort already: nothing is to be done. Leave the row out.\n"+
		"3 warning: The account gone is that of GONE, and stays so; the file says Gone Again.\n5"+taken+"7"+taken+"8"+taken+"9 error: The same account is meant on line 4 too.\n", got)
	if report.Created != 3 || !report.People[0].Known || report.People[2].Known {
		t.Errorf("the import made %+v", report)
	}
	if got := c.names(t, other.ID); got != "mine" {
		t.Errorf("in the other cohort are %q, want mine, who is in both", got)
	}
	same(t, "audit", "kofi enrolment.add gone {\"cohort\":\""+string(bravo.ID)+"\"}", c.deeds(t, 4)[0])
}

// TestRestore: a removal can be undone, unless the person is others' now.
func TestRestore(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris", "chen")
	foreign, err := c.Create(t.Context(), lena, cohort.Plan{Name: "Charlie"})
	must(t, err)
	all := []identity.UserID{"anna", "boris"}
	c.act(t, kofi, bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"boris"}, Action: cohort.Suspend})
	c.act(t, kofi, bravo.ID, cohort.EnrolmentChange{Users: all, Action: cohort.Remove})
	back := cohort.EnrolmentChange{Users: all, Action: cohort.Restore}
	c.act(t, kofi, bravo.ID, back)
	if got := c.names(t, bravo.ID); got != "anna (boris) chen" {
		t.Errorf("restored are %q, want all as they were", got)
	}
	same(t, "audit", "kofi enrolment.restore boris {\"cohort\":\""+string(bravo.ID)+"\"}", c.deeds(t, 1)[0])
	_, err = c.ChangeEnrolments(t.Context(), kofi, bravo.ID, back)
	wantField(t, "restoring who is there", err, "users")
	_, err = c.ChangeEnrolments(t.Context(), lena, bravo.ID, back)
	wantCode(t, "restoring to a cohort of others", err, "not_found")
	c.act(t, admin, bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Move, To: foreign.ID})
	c.act(t, kofi, bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"boris"}, Action: cohort.Remove})
	_, err = c.ChangeEnrolments(t.Context(), kofi, bravo.ID, back)
	wantField(t, "restoring who is others' now", err, "users")
	if got := c.names(t, bravo.ID); got != "chen" {
		t.Errorf("after a refusal %q are there, want chen alone", got)
	}
	c.act(t, admin, bravo.ID, back)
}

func (c *camp) act(t *testing.T, by identity.Actor, in cohort.ID, change cohort.EnrolmentChange) {
	t.Helper()
	_, err := c.ChangeEnrolments(t.Context(), by, in, change)
	must(t, err)
}
