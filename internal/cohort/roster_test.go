package cohort_test

import (
	"strings"
	"testing"
	"time"

	"muster/internal/cohort"
	"muster/internal/identity"
)

func TestRoster(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	for i, name := range []string{"Zoë Adams", "Amélie Okoro", "李 明", "Boris Banda", "Erased Soon"} {
		id := identity.UserID(strings.ToLower(strings.Fields(name)[0]))
		u := identity.User{ID: id, Username: "u." + string(id), Name: name, Role: identity.Trainee, Locale: "en", CreatedAt: today.Add(time.Duration(-i) * time.Hour)}
		must(t, c.store.CreateMembers(t.Context(), bravo.ID, []identity.User{u}, nil))
	}
	change := func(action cohort.EnrolmentAction, users ...identity.UserID) {
		t.Helper()
		_, err := c.ChangeEnrolments(t.Context(), kofi, bravo.ID, cohort.EnrolmentChange{Users: users, Action: action})
		must(t, err)
	}
	change(cohort.Suspend, "boris")
	change(cohort.Remove, "李")
	must(t, c.Identity.Erase(t.Context(), admin, "erased", "u.erased"))
	session := identity.Session{ID: "s1", User: "zoë", StartedAt: today, UsedAt: today}
	must(t, c.store.StartSession(t.Context(), session, "token", identity.CreateEntry(identity.User{ID: "zoë"}, "zoë")))
	tests := map[string]struct {
		query cohort.RosterQuery
		want  string
	}{
		"all who are enrolled": {cohort.RosterQuery{}, "amélie boris zoë"},
		"downwards":            {cohort.RosterQuery{Sort: "-name"}, "zoë boris amélie"},
		"who are active":       {cohort.RosterQuery{State: cohort.Active}, "amélie zoë"},
		"who are suspended":    {cohort.RosterQuery{State: cohort.Suspended}, "boris"},
		"who were removed":     {cohort.RosterQuery{State: cohort.Removed}, "李"},
		"who never signed in":  {cohort.RosterQuery{Unseen: true}, "amélie boris"},
		"by name":              {cohort.RosterQuery{Text: " ZOE"}, "zoë"},
		"by username":          {cohort.RosterQuery{Text: "u.bor"}, "boris"},
		"by nobody's name":     {cohort.RosterQuery{Text: "nobody"}, ""},
		"by when they joined":  {cohort.RosterQuery{Sort: "joined"}, "boris amélie zoë"},
		"the last seen first":  {cohort.RosterQuery{Sort: "-last_seen"}, "zoë boris amélie"},
	}
	for what, test := range tests {
		roster, err := c.Roster(t.Context(), kofi, bravo.ID, test.query)
		must(t, err)
		var ids []string
		for _, e := range roster {
			ids = append(ids, string(e.ID))
		}
		same(t, "Roster "+what, test.want, strings.Join(ids, " "))
	}
	change(cohort.Remove, "zoë")
	roster, err := c.Roster(t.Context(), kofi, bravo.ID, cohort.RosterQuery{State: cohort.Removed, Text: "zoe"})
	must(t, err)
	if len(roster) != 1 || !roster[0].LastSeen.IsZero() {
		t.Errorf("Roster of who left = %+v, want them without when they were seen", roster)
	}
	_, err = c.Roster(t.Context(), kofi, bravo.ID, cohort.RosterQuery{Sort: "age"})
	wantField(t, "Roster by age", err, "sort")
	_, err = c.Roster(t.Context(), lena, bravo.ID, cohort.RosterQuery{})
	wantCode(t, "Roster of somebody else's cohort", err, "not_found")
}
