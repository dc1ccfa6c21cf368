package cohort_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made := c.bravo(t)
	r := registration("anna")
	r.Role = identity.Admin // what a client says of its role is not heard
	typed := strings.ToLower(strings.ReplaceAll(made.JoinCode, "-", " "))
	user, err := c.Join(t.Context(), typed, r, address)
	must(t, err)
	if user.Role != identity.Trainee {
		t.Errorf("who joins is a %s, want a trainee", user.Role)
	}
	got, err := c.Memberships(t.Context(), identity.Actor{ID: user.ID})
	must(t, err)
	want := []cohort.Membership{{
		Cohort: made, Extensions: []cohort.Extension{}, Refreshers: []cohort.Refresher{}, Assignments: []cohort.Assignment{
			{Cohort: made.ID, Kind: "module", Slug: "first", DueOn: "2027-03-01"}, {Cohort: made.ID, Kind: "module", Slug: "second", DueOn: "2027-04-01"},
		},
	}}
	same(t, "memberships", want, got)
	id := string(user.ID)
	same(t, "audit", []string{id + " user.create " + id + " trainee", id + " cohort.join " + string(made.ID)}, c.deeds(t, 2))
}

func TestJoinRefuses(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made := c.bravo(t)
	_, err := c.Join(t.Context(), made.JoinCode, registration("anna"), address)
	must(t, err)
	short := registration("boris")
	short.Password = "short"
	tests := map[string]struct {
		code string
		r    identity.Registration
		want string
	}{
		"with a wrong code":       {"2345-6789", registration("boris"), "wrong_code"},
		"with what is no code":    {"日本é\x00", registration("boris"), "wrong_code"},
		"with no code":            {"", registration("boris"), "wrong_code"},
		"twice":                   {made.JoinCode, registration("anna"), "username_taken"},
		"twice in other capitals": {made.JoinCode, registration("ANNA"), "username_taken"},
		"with a short password":   {made.JoinCode, short, "weak_password"},
	}
	for name, test := range tests {
		_, err := c.Join(t.Context(), test.code, test.r, address)
		wantCode(t, "Join "+name, err, test.want)
	}
	members, err := c.Members(t.Context(), kofi, made.ID)
	if len(members) != 1 || err != nil {
		t.Errorf("%+v, %v, want only the one that joined", members, err)
	}
}

// TestJoinAtOnce: a double tap makes one account.
func TestJoinAtOnce(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made := c.bravo(t)
	var wg sync.WaitGroup
	joined := make(chan identity.User, 4)
	for range cap(joined) {
		wg.Go(func() {
			user, err := c.Join(context.Background(), made.JoinCode, registration("anna"), address)
			switch {
			case err == nil:
				joined <- user
			case errs.CodeOf(err) != "username_taken":
				t.Errorf("Join = %v, want username_taken", err)
			}
		})
	}
	wg.Wait()
	if len(joined) != 1 {
		t.Fatalf("%d joined, want one", len(joined))
	}
	got, err := c.Memberships(t.Context(), identity.Actor{ID: (<-joined).ID})
	must(t, err)
	if len(got) != 1 {
		t.Errorf("%d memberships, want one", len(got))
	}
}

// TestGuessingCodes: wrong codes block the address, also for a right one.
func TestGuessingCodes(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made := c.bravo(t)
	for range 60 {
		_, err := c.Join(t.Context(), "2345-6789", registration("anna"), address)
		wantCode(t, "a guess", err, "wrong_code")
	}
	_, err := c.Join(t.Context(), made.JoinCode, registration("anna"), address)
	wantCode(t, "the right code from a blocked address", err, "throttled")
	_, err = c.Join(t.Context(), made.JoinCode, registration("anna"), "198.51.100.1")
	must(t, err)
}

// names lists who is enrolled, those who are suspended in brackets.
func (c *camp) names(t *testing.T, id cohort.ID) string {
	t.Helper()
	members, err := c.Members(t.Context(), admin, id)
	must(t, err)
	var names []string
	for _, m := range members {
		name := string(m.ID)
		if m.SuspendedAt != nil {
			name = "(" + name + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestChangeEnrolments(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo, alpha := c.bravo(t, "anna", "boris", "chen"), c.bravo(t)
	foreign, err := c.Create(t.Context(), lena, cohort.Plan{Name: "Charlie"})
	must(t, err)
	steps := []struct {
		name     string
		in       cohort.ID
		change   cohort.EnrolmentChange
		code     string
		in1, in2 string // who is in bravo and alpha then
	}{
		{"suspend", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"boris", "boris"}, Action: cohort.Suspend}, "", "anna (boris) chen", ""},
		{"resume", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"boris"}, Action: cohort.Resume}, "", "anna boris chen", ""},
		{"one who is not in it", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna", "marta"}, Action: cohort.Remove}, "invalid", "anna boris chen", ""},
		{"nobody", bravo.ID, cohort.EnrolmentChange{Action: cohort.Remove}, "invalid", "anna boris chen", ""},
		{"another action", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: "promote"}, "invalid", "anna boris chen", ""},
		{"move to where they are", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Move, To: bravo.ID}, "invalid", "anna boris chen", ""},
		{"move to nowhere", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Move}, "not_found", "anna boris chen", ""},
		{"move to others", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Move, To: foreign.ID}, "not_found", "anna boris chen", ""},
		{"move", bravo.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna", "boris"}, Action: cohort.Move, To: alpha.ID}, "", "chen", "anna boris"},
		{"remove", alpha.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Remove}, "", "chen", "boris"},
		{"who is gone", alpha.ID, cohort.EnrolmentChange{Users: []identity.UserID{"anna"}, Action: cohort.Resume}, "invalid", "chen", "boris"},
	}
	for _, step := range steps {
		_, err := c.ChangeEnrolments(t.Context(), kofi, step.in, step.change)
		wantCode(t, step.name, err, step.code)
		if got1, got2 := c.names(t, bravo.ID), c.names(t, alpha.ID); got1 != step.in1 || got2 != step.in2 {
			t.Errorf("%s: in the cohorts are %q and %q, want %q and %q", step.name, got1, got2, step.in1, step.in2)
		}
	}
	from := ` {"cohort":"` + string(bravo.ID) + `"`
	to := from + `,"to":"` + string(alpha.ID) + `"}`
	want := []string{
		"kofi enrolment.suspend boris" + from + "}", "kofi enrolment.resume boris" + from + "}", "kofi enrolment.move anna" + to, "kofi enrolment.move boris" + to,
		`kofi enrolment.remove anna {"cohort":"` + string(alpha.ID) + `"}`,
	}
	same(t, "audit", want, c.deeds(t, 5))
}

// TestSignInCodes: codes are for trainees, and sign them in.
func TestSignInCodes(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	codes, err := c.IssueSignInCodes(t.Context(), kofi, bravo.ID, []identity.UserID{"boris", "anna"})
	must(t, err)
	if len(codes) != 2 || codes[0].Member.Username != "anna" || codes[0].User != "anna" || codes[1].Member.Name != "BORIS" {
		t.Fatalf("codes = %+v, want one of each by name", codes)
	}
	_, err = c.Identity.SignInByCode(t.Context(), "anna", codes[0].Printed, "three slow yellow lorries", address)
	must(t, err)
	same(t, "audit", []string{"kofi user.code anna", "kofi user.code boris"}, c.deeds(t, 4)[:2])
	promoted := identity.User{ID: "dina", Username: "dina", Name: "Dina", Role: identity.Admin, Locale: "en", CreatedAt: today}
	must(t, c.store.CreateMembers(t.Context(), bravo.ID, []identity.User{promoted}, nil))
	_, err = c.IssueSignInCodes(t.Context(), kofi, bravo.ID, []identity.UserID{"anna", "dina"})
	wantField(t, "a code for an admin", err, "users")
}

func TestMessages(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	anna, boris := identity.Actor{ID: "anna"}, identity.Actor{ID: "boris"}
	for _, test := range [][3]string{{" ", "Text", "subject"}, {"Two\nlines", "Text", "subject"}, {strings.Repeat("é", 121), "Text", "subject"}, {"Hello", " \n", "body"}, {"Hello", strings.Repeat("é", 4001), "body"}, {"Hello", "\u202e", "body"}} {
		_, err := c.Send(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, cohort.Message{Subject: test[0], Body: test[1]})
		wantField(t, "Send", err, test[2])
	}
	_, err := c.Send(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, cohort.Message{Subject: "Hello", Body: "Text", About: "\u202e"})
	wantField(t, "Send about what cannot be shown", err, "about")
	people, err := c.Send(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, cohort.Message{Subject: " Tomorrow ", Body: "Bring boots.\r\n\r\nThanks. ", About: "inactive"})
	must(t, err)
	inbox, err := c.Inbox(t.Context(), anna)
	must(t, err)
	if people != 1 || inbox.Unread != 1 || inbox.Messages[0].Subject != "Tomorrow" || inbox.Messages[0].Body != "Bring boots.\n\nThanks." || inbox.Messages[0].SenderName != "KOFI" || inbox.Messages[0].About != "inactive" {
		t.Fatalf("%d people got %+v", people, inbox)
	}
	id := inbox.Messages[0].ID
	same(t, "audit", []string{"kofi cohort.message " + string(id) + ` {"cohort":"` + string(bravo.ID) + `","people":"1"}`}, c.deeds(t, 1))
	_, err = c.Mark(t.Context(), boris, id, true)
	wantCode(t, "Mark of somebody else's message", err, "not_found")
	for _, read := range []bool{true, false} {
		inbox, err = c.Mark(t.Context(), anna, id, read)
		must(t, err)
		if (inbox.Unread == 0) != read || (inbox.Messages[0].ReadAt != nil) != read {
			t.Errorf("marked as read %t: %+v", read, inbox)
		}
	}
}
