package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/identity"
	"muster/internal/trail"
)

// testTrail: every filter picks what it says, alone and with others, and who
// and what has a name is named.
func testTrail(t *testing.T, f *fixture) {
	anna := identity.User{ID: "u-anna", Username: "Anna.B", Name: "Anna B", Role: identity.Coordinator, Locale: "en", CreatedAt: started}
	add := func(later time.Duration, actor string, action audit.Action, object string) {
		t.Helper()
		must(t, f.Audit(t.Context(), audit.Entry{At: started.Add(later), Actor: actor, Action: action, Object: object, Detail: `{"n":2}`}))
	}
	must(t, f.CreateUser(t.Context(), anna, entry("user.create", "u-anna"))) // 2, after the fixture's own
	c := f.cohort(t, "c1")                                                   // 3
	add(time.Hour, "u-anna", "cohort.change", "c1")                          // 4
	add(2*time.Hour, "u-anna", "cohorts.x", "c1")                            // 5
	add(3*time.Hour, audit.System, "cohort.change_x", "c2")                  // 6
	tests := map[string]struct {
		q    trail.Query
		want []int64
	}{
		"all":                        {trail.Query{}, []int64{6, 5, 4, 3, 2, 1}},
		"a few":                      {trail.Query{Limit: 2}, []int64{6, 5}},
		"those before":               {trail.Query{Before: 3}, []int64{2, 1}},
		"an actor by id":             {trail.Query{Actor: "u-anna"}, []int64{5, 4}},
		"an actor by username":       {trail.Query{Actor: " ANNA.b"}, []int64{5, 4}},
		"the program":                {trail.Query{Actor: audit.System}, []int64{6}},
		"nobody":                     {trail.Query{Actor: "nobody"}, nil},
		"an action":                  {trail.Query{Action: "cohort.change"}, []int64{4}},
		"a noun":                     {trail.Query{Action: "cohort"}, []int64{6, 4, 3}},
		"a pattern is no pattern":    {trail.Query{Action: "cohort%"}, nil},
		"an object":                  {trail.Query{Object: "c1"}, []int64{5, 4, 3}},
		"from a time on":             {trail.Query{From: started.Add(2 * time.Hour)}, []int64{6, 5}},
		"up to a time, which is not": {trail.Query{To: started.Add(2 * time.Hour)}, []int64{4, 3, 2, 1}},
		"all at once":                {trail.Query{Actor: "anna.b", Action: "cohort", Object: "c1", From: started, To: started.Add(2 * time.Hour), Before: 6}, []int64{4}},
	}
	for name, test := range tests {
		if test.q.Limit == 0 {
			test.q.Limit = 100
		}
		got, err := f.Trail(t.Context(), test.q)
		must(t, err)
		var seqs []int64
		for _, e := range got {
			seqs = append(seqs, e.Seq)
		}
		if diff := cmp.Diff(test.want, seqs); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	f.wantNames(t, c.Name)
}

// wantNames checks that each entry is told as it was kept, with the names of who
// and what has one.
func (f *fixture) wantNames(t *testing.T, unit string) {
	t.Helper()
	kept, err := f.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	all, err := f.Trail(t.Context(), trail.Query{Limit: 100})
	must(t, err)
	names := map[int64]trail.Entry{
		2: {ObjectName: "Anna B"}, 3: {ObjectName: unit},
		4: {ActorName: "Anna B", ActorUsername: "Anna.B", ObjectName: unit}, 5: {ActorName: "Anna B", ActorUsername: "Anna.B", ObjectName: unit},
	}
	for i, e := range all {
		want := names[e.Seq]
		want.Entry = kept[len(all)-1-i]
		if e.Seq == 1 {
			want.ObjectName = e.ObjectName // the fixture's trainee
		}
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("entry %d (-want +got):\n%s", e.Seq, diff)
		}
	}
}

// testForgedEntry: an entry that another put after the end is seen.
func testForgedEntry(t *testing.T, f *fixture) {
	must(t, f.Audit(t.Context(), entry("key.change", "q1")))
	last, err := f.AuditEntries(t.Context(), 1, 1)
	must(t, err)
	forged := audit.Seal(entry("key.change", "q2"), last[0].Seq, last[0].Hash)
	_, err = f.raw(t).ExecContext(t.Context(), "INSERT INTO audit_entries (seq, at, actor, action, object, detail, prev_hash, hash) VALUES (3, $1, $2, $3, $4, $5, $6, $7)",
		forged.At.UnixMicro(), forged.Actor, string(forged.Action), forged.Object, forged.Detail, forged.PrevHash, forged.Hash)
	must(t, err)
	if n, err := f.VerifyAudit(t.Context()); n != 2 || err == nil {
		t.Errorf("VerifyAudit = %d, %v, want 2 and that the third is forged", n, err)
	}
}

// testForget: each kind goes by its own limit, and nothing else goes.
func testForget(t *testing.T, f *fixture) {
	at := func(days int) time.Time { return started.AddDate(0, 0, days) }
	f.remains(t, at)
	limits := identity.Limits{Over: at(30), Unused: at(20), Started: at(10)}
	var told []identity.Forgotten
	forget := func() {
		t.Helper()
		must(t, f.Forget(t.Context(), limits, func(n identity.Forgotten) audit.Entry {
			told = append(told, n)
			return entry("retention.forget", "")
		}))
	}
	forget()
	forget()
	if diff := cmp.Diff([]identity.Forgotten{{Sessions: 3, Tokens: 4, Throttles: 1, Codes: 2}}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	for query, want := range map[string]string{
		"SELECT id FROM sessions ORDER BY id":           "ended later,stays",
		"SELECT hash FROM refresh_tokens ORDER BY hash": "newer,token of ended later",
		"SELECT key FROM throttles ORDER BY key":        "blocked,counting",
		"SELECT hash FROM sign_in_codes":                "fresh",
	} {
		if got := f.column(t, query); got != want {
			t.Errorf("%s = %s, want %s", query, got, want)
		}
	}
}

// remains makes sessions, throttles and codes on both sides of their limits.
func (f *fixture) remains(t *testing.T, at func(days int) time.Time) {
	t.Helper()
	f.user(t, "other")
	end := func(id identity.SessionID, day int) {
		t.Helper()
		deed := entry("session.end", string(id))
		deed.At = at(day)
		must(t, f.EndSession(t.Context(), id, deed))
	}
	begin := func(id identity.SessionID, startedOn, usedOn int) {
		t.Helper()
		session := identity.Session{ID: id, User: trainee, StartedAt: at(startedOn), UsedAt: at(usedOn)}
		must(t, f.StartSession(t.Context(), session, "token of "+string(id), entry("session.start", string(id))))
	}
	begin("ended", 15, 25)
	end("ended", 29)
	begin("ended later", 15, 25)
	end("ended later", 30)
	begin("unused", 15, 19)
	begin("old", 9, 25)
	begin("stays", 10, 20)
	must(t, f.Rotate(t.Context(), "token of stays", func(identity.Refresh) (identity.Rotation, error) {
		return identity.Rotation{Successor: "newer", At: at(29)}, nil
	}))
	throttle := func(key string, day, until int) {
		t.Helper()
		must(t, f.UpdateThrottle(t.Context(), key, func(identity.Throttle) (identity.Throttle, []audit.Entry) {
			return identity.Throttle{Failures: 1, Since: at(day), BlockedUntil: at(until)}, nil
		}))
	}
	throttle("past", 28, 29)
	throttle("blocked", 29, 31)
	throttle("counting", 30, 30)
	code := func(user identity.UserID, hash string, expires int) {
		t.Helper()
		must(t, f.KeepCodes(t.Context(), []identity.Code{{Hash: hash, User: user, CreatedAt: at(0), ExpiresAt: at(expires)}}, nil))
	}
	code(trainee, "expired", 29)
	code("other", "used", 60)
	must(t, f.RedeemCode(t.Context(), "other", "used", "-", entry("user.redeem_code", "other")))
	code("other", "fresh", 60)
}

// column gives the values of a query's only column, with commas.
func (f *fixture) column(t *testing.T, query string) string {
	t.Helper()
	rows, err := f.raw(t).QueryContext(t.Context(), query)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	var list []string
	for rows.Next() {
		var value string
		must(t, rows.Scan(&value))
		list = append(list, value)
	}
	must(t, rows.Err())
	return strings.Join(list, ",")
}
