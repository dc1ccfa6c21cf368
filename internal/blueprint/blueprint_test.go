package blueprint

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// catalogue has a module with two lessons, of 8 and 4 exam questions and 3
// practice questions each.
func catalogue() *curriculum.Catalogue {
	lesson := func(slug string, exam int) curriculum.Lesson {
		l := curriculum.Lesson{Module: "ground", Slug: curriculum.LessonSlug(slug)}
		outcome := "ground." + slug + ".o1"
		l.Outcomes = []curriculum.Outcome{{ID: curriculum.OutcomeID(outcome), Text: "know it"}}
		for i := range exam + 3 {
			q := question.Question{ID: question.ID(fmt.Sprintf("ground.%s.q%d", slug, i)), Pool: question.Exam, Kind: question.Single, Difficulty: 1 + i%3, Outcomes: []string{outcome}}
			if i >= exam {
				q.Pool = question.Practice
			}
			l.Questions = append(l.Questions, q)
		}
		return l
	}
	c := &curriculum.Catalogue{Modules: []curriculum.Module{{Slug: "ground", Lessons: []curriculum.Lesson{lesson("one", 8), lesson("two", 4)}}}}
	return c.Indexed()
}

func exam(rules ...curriculum.Rule) curriculum.Quiz {
	return curriculum.Quiz{Title: "Exam", Purpose: curriculum.PurposeExam, PassMark: 0.8, Attempts: 1, Release: curriculum.ReleaseSubmitted, Rules: rules}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	draws := func(n int) curriculum.Rule { return curriculum.Rule{Draw: n, Pool: question.Exam} }
	with := func(q curriculum.Quiz, change func(*curriculum.Quiz)) curriculum.Quiz { change(&q); return q }
	for name, tt := range map[string]struct {
		quiz curriculum.Quiz
		want []string // "severity field" of each finding
	}{
		"good":                     {exam(draws(4)), nil},
		"no rule":                  {exam(), []string{"error rules"}},
		"draws nothing":            {exam(draws(0)), []string{"error rules[0]"}},
		"draws more than there is": {exam(draws(13)), []string{"error rules[0]", "warning rules"}},
		"earlier rules take some":  {exam(curriculum.Rule{Draw: 3, Pool: question.Exam, Lesson: "two", Module: "ground"}, curriculum.Rule{Draw: 2, Pool: question.Exam, Lesson: "two", Module: "ground"}), []string{"error rules[1]", "warning rules"}},
		"practice in an exam":      {exam(curriculum.Rule{Draw: 1, Pool: question.Practice}), []string{"error rules[0]"}},
		"lesson without module":    {exam(curriculum.Rule{Draw: 1, Lesson: "one"}), []string{"error rules[0]"}},
		"unknown fixed question":   {exam(curriculum.Rule{Questions: []question.ID{"ground.one.q0", "none"}}), []string{"error rules[0]", "warning rules"}},
		"fixed twice":              {exam(curriculum.Rule{Questions: []question.ID{"ground.one.q0"}}, curriculum.Rule{Questions: []question.ID{"ground.one.q0"}}), []string{"error rules[1]", "warning rules"}},
		"fixed with a filter":      {exam(curriculum.Rule{Draw: 1, Questions: []question.ID{"ground.one.q0"}}), []string{"error rules[0]", "warning rules"}},
		"papers alike":             {exam(draws(10)), []string{"warning rules"}},
		"repeated":                 {with(exam(draws(6), curriculum.Rule{Draw: 6, Pool: question.Exam}), func(q *curriculum.Quiz) { q.Attempts = 0 }), []string{"warning rules", "warning attempts"}},
		"unknown module":           {with(exam(draws(1)), func(q *curriculum.Quiz) { q.Module = "none" }), []string{"error module", "error rules[0]"}},
		"finished without module":  {with(exam(draws(1)), func(q *curriculum.Quiz) { q.Release = curriculum.ReleaseFinished }), []string{"error shows"}},
		"closed and never closes":  {with(exam(draws(1)), func(q *curriculum.Quiz) { q.Release = curriculum.ReleaseClosed }), []string{"error shows"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range Check(catalogue(), tt.quiz) {
				got = append(got, string(f.Severity)+" "+f.Field)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, Check(catalogue(), tt.quiz))
			}
		})
	}
}

// TestDrawable: a quiz without errors can be drawn, whatever the seed and
// whatever was seen.
func TestDrawable(t *testing.T) {
	t.Parallel()
	c := catalogue()
	rapid.Check(t, func(t *rapid.T) {
		var rules []curriculum.Rule
		for range rapid.IntRange(1, 4).Draw(t, "rules") {
			rules = append(rules, curriculum.Rule{
				Draw: rapid.IntRange(1, 5).Draw(t, "draw"), Pool: rapid.SampledFrom([]question.Pool{"", question.Exam}).Draw(t, "pool"), Module: "ground",
				Lesson: rapid.SampledFrom([]curriculum.LessonSlug{"", "one", "two"}).Draw(t, "lesson"), Difficulty: rapid.IntRange(0, 3).Draw(t, "difficulty"),
			})
		}
		quiz := exam(rules...)
		for _, f := range Check(c, quiz) {
			if f.Severity == curriculum.LevelError {
				return
			}
		}
		paper, err := assessment.Draw(c, quiz, nil, rapid.Int64().Draw(t, "seed"))
		if err != nil {
			t.Fatalf("a quiz without errors cannot be drawn: %v", err)
		}
		expected := 0.0
		for _, o := range Outcomes(c, quiz) {
			expected += o.Expected
		}
		if expected > float64(len(paper))+1e-9 {
			t.Errorf("outcomes expect %v of %d questions", expected, len(paper))
		}
	})
}

// TestShared draws many papers: what two of them have in common is what is
// expected, and what a second attempt repeats is at least what is said.
func TestShared(t *testing.T) {
	t.Parallel()
	c := catalogue()
	quiz := exam(curriculum.Rule{Draw: 6, Pool: question.Exam, Module: "ground", Lesson: "one"}, curriculum.Rule{Draw: 1, Pool: question.Exam, Module: "ground", Lesson: "two"})
	want := OverlapOf(c, quiz)
	common, pairs := 0, 2000
	for seed := range pairs {
		first, err := assessment.Draw(c, quiz, nil, int64(seed))
		if err != nil {
			t.Fatal(err)
		}
		second, err := assessment.Draw(c, quiz, nil, int64(seed+pairs))
		if err != nil {
			t.Fatal(err)
		}
		common += inBoth(first, second)
		seen := make(map[question.ID]int)
		for _, id := range first {
			seen[id]++
		}
		again, err := assessment.Draw(c, quiz, seen, int64(seed+2*pairs))
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(inBoth(first, again)) / 7; math.Abs(got-want.Repeated) > 1e-9 {
			t.Fatalf("a second attempt repeats %v of the paper, want %v", got, want.Repeated)
		}
	}
	if got := float64(common) / float64(7*pairs); math.Abs(got-want.Shared) > 0.02 {
		t.Errorf("two papers share %v, expected %v", got, want.Shared)
	}
}

func inBoth(a, b []question.ID) int {
	n := 0
	for _, id := range a {
		for _, other := range b {
			if id == other {
				n++
			}
		}
	}
	return n
}

// kept is a store in memory, as far as Service needs one.
type kept struct {
	entries  map[curriculum.QuizSlug]Entry
	versions map[string]curriculum.Quiz
	trail    []audit.Action
}

func (k *kept) Blueprints(context.Context) ([]Entry, error) {
	var all []Entry
	for _, e := range k.entries {
		all = append(all, e)
	}
	return all, nil
}

func (k *kept) Blueprint(_ context.Context, slug curriculum.QuizSlug) (Entry, error) {
	if e, ok := k.entries[slug]; ok {
		return e, nil
	}
	return Entry{}, errs.Missing("quiz")
}

func (k *kept) SaveBlueprint(_ context.Context, e Entry, entry audit.Entry) error {
	k.entries[e.Quiz.Slug] = e
	k.trail = append(k.trail, entry.Action)
	return nil
}

func (k *kept) BlueprintRevision(context.Context) (int64, error) {
	var sum int64
	for _, e := range k.entries {
		sum += e.Revision
	}
	return sum, nil
}

func (k *kept) PublishQuizzes(_ context.Context, quizzes []curriculum.Quiz) error {
	for _, q := range quizzes {
		version, err := curriculum.QuizVersion(q)
		if err != nil {
			return err
		}
		k.versions[version] = q
	}
	return nil
}

func (k *kept) QuizVersion(_ context.Context, version string) (curriculum.Quiz, error) {
	return k.versions[version], nil
}

func (k *kept) Records(context.Context, []question.ID) (map[question.ID]Record, error) {
	return map[question.ID]Record{"ground.one.q0": {Answers: 50, Facility: 0.5, Seconds: 30}}, nil
}

func service() (*Service, *kept) {
	k := &kept{entries: map[curriculum.QuizSlug]Entry{}, versions: map[string]curriculum.Quiz{}}
	return &Service{
		Store: k, Versions: k, Catalogue: catalogue(), Past: k, Now: func() time.Time { return time.Unix(1e9, 0) },
		NewID: func() string { return "01890000-0000-7000-8000-000000000abc" },
	}, k
}

var trainer = identity.Actor{ID: "t", Role: identity.Trainer}

// TestWayOfAQuiz: a draft is offered to nobody, what is published is, a later
// text only when it is published too, and a closed quiz to nobody.
func TestWayOfAQuiz(t *testing.T) {
	t.Parallel()
	s, k := service()
	offered := func() string {
		for _, q := range s.Catalogue.Quizzes() {
			if strings.HasPrefix(string(q.Slug), "bank.") {
				return q.Title
			}
		}
		return ""
	}
	quiz := exam(curriculum.Rule{Draw: 4, Pool: question.Exam})
	quiz.Title = "Épreuve n° 1"
	e, err := s.Create(t.Context(), trainer, quiz)
	if err != nil || !strings.HasPrefix(string(e.Quiz.Slug), "bank.epreuve-n-1-") {
		t.Fatalf("Create = %q, %v", e.Quiz.Slug, err)
	}
	if offered() != "" {
		t.Error("a draft is offered")
	}
	step := func(want string, e Entry, err error) Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got := offered(); got != want {
			t.Errorf("offered is %q, want %q", got, want)
		}
		return e
	}
	e, err = s.Publish(t.Context(), trainer, e.Quiz.Slug, e.Revision)
	e = step("Épreuve n° 1", e, err)
	quiz.Title = "Other"
	e, err = s.Save(t.Context(), trainer, e.Quiz.Slug, quiz, e.Revision)
	e = step("Épreuve n° 1", e, err)
	if !e.Ahead() {
		t.Error("an entry that was changed after it was published is not ahead")
	}
	if _, err = s.Publish(t.Context(), trainer, e.Quiz.Slug, e.Revision-1); errs.CodeOf(err) != "quiz_changed" {
		t.Errorf("Publish of an older revision = %v", err)
	}
	e, err = s.Publish(t.Context(), trainer, e.Quiz.Slug, e.Revision)
	e = step("Other", e, err)
	e, err = s.Close(t.Context(), trainer, e.Quiz.Slug, e.Revision)
	e = step("", e, err)
	if _, err = s.Close(t.Context(), trainer, e.Quiz.Slug, e.Revision); errs.CodeOf(err) != "not_published" {
		t.Errorf("Close of a closed quiz = %v", err)
	}
	if len(k.trail) != 5 {
		t.Errorf("the trail has %v, want an entry for each change", k.trail)
	}
	bad := exam(curriculum.Rule{Draw: 100, Pool: question.Exam})
	e, err = s.Create(t.Context(), trainer, bad)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Publish(t.Context(), trainer, e.Quiz.Slug, e.Revision); errs.CodeOf(err) != "not_ready" {
		t.Errorf("Publish of a quiz that cannot be drawn = %v", err)
	}
	for _, role := range []identity.Role{identity.Trainee, identity.Coordinator} {
		if _, err := s.List(t.Context(), identity.Actor{ID: "x", Role: role}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("List as %s = %v", role, err)
		}
	}
}

// TestValid: what does not fit into its field is refused by its name.
func TestValid(t *testing.T) {
	t.Parallel()
	s, _ := service()
	for field, change := range map[string]func(*curriculum.Quiz){
		"title":              func(q *curriculum.Quiz) { q.Title = " " },
		"purpose":            func(q *curriculum.Quiz) { q.Purpose = curriculum.PurposeReview },
		"shows":              func(q *curriculum.Quiz) { q.Release = "" },
		"pass_mark":          func(q *curriculum.Quiz) { q.PassMark = 1.01 },
		"time_limit_minutes": func(q *curriculum.Quiz) { q.TimeLimitMinutes = -1 },
		"delay_minutes":      func(q *curriculum.Quiz) { q.DelayMinutes = MaxMinutes + 1 },
		"attempts":           func(q *curriculum.Quiz) { q.Attempts = -1 },
		"rules":              func(q *curriculum.Quiz) { q.Rules = make([]curriculum.Rule, MaxRules+1) },
		"opens_at":           func(q *curriculum.Quiz) { q.OpensAt = "tomorrow" },
		"closes_at":          func(q *curriculum.Quiz) { q.OpensAt, q.ClosesAt = "2027-01-02T00:00:00Z", "2027-01-01T00:00:00Z" },
	} {
		quiz := exam()
		change(&quiz)
		_, err := s.Create(t.Context(), trainer, quiz)
		var refused *errs.Error
		if !errors.As(err, &refused) || refused.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestForecast mixes what is known with what is assumed, by how likely each
// question is drawn.
func TestForecast(t *testing.T) {
	t.Parallel()
	s, _ := service()
	f, err := s.Forecast(t.Context(), trainer, exam(curriculum.Rule{Questions: []question.ID{"ground.one.q0", "ground.one.q1"}}))
	if err != nil {
		t.Fatal(err)
	}
	want := Forecast{Questions: 2, Score: (0.5 + 0.8) / 2, Time: 75 * time.Second, Known: 0.5} // q0 is known, q1 of difficulty 2 assumed
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("Forecast (-want +got):\n%s", diff)
	}
}
