package curriculum

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/question"
)

// bench is a catalogue of two modules with two questions each.
func bench() *Catalogue {
	module := func(slug ModuleSlug) Module {
		l := Lesson{Module: slug, Slug: "a"}
		for _, local := range []string{"p1", "x1"} {
			pool := map[string]question.Pool{"p1": question.Practice, "x1": question.Exam}[local]
			l.Questions = append(l.Questions, question.Question{ID: question.ID(string(slug) + ".a." + local), Pool: pool, Kind: question.Single, Outcomes: []string{string(slug) + ".a.o1"}})
		}
		return Module{Slug: slug, Lessons: []Lesson{l}}
	}
	return (&Catalogue{Version: "v1", Modules: []Module{module("m"), module("n")}}).Indexed()
}

func authored(id question.ID, outcomes ...string) question.Question {
	return question.Question{ID: id, Pool: question.Practice, Kind: question.Cloze, Outcomes: outcomes}
}

func TestPublishedQuestionsAreEligible(t *testing.T) {
	t.Parallel()
	c := bench()
	replaced := question.Question{ID: "m.a.p1", Pool: question.Exam, Kind: question.Numeric, Stem: "How many?", Outcomes: []string{"m.a.o1"}}
	c.Publish(Workbench{
		Questions: []question.Question{authored("m.a.q-2", "m.a.o1"), replaced, authored("bank.general.q-1"), authored("n.a.q-3", "m.b.o1"), authored("m.a.q-4", "m.a.o1")},
		Withdrawn: map[question.ID]bool{"m.a.x1": true, "m.a.q-4": true},
		Tags:      map[question.ID][]string{"n.a.x1": {"hard one"}, "bank.general.q-1": {"hard one", "other"}},
	})
	tests := map[string]struct {
		module ModuleSlug // of the quiz
		rule   Rule
		want   []question.ID
	}{
		"of a module, added ones last": {"m", Rule{}, []question.ID{"m.a.p1", "m.a.q-2", "n.a.q-3"}},
		"of a rule's module":           {"", Rule{Module: "n"}, []question.ID{"n.a.p1", "n.a.x1"}},
		"of any module":                {"", Rule{}, []question.ID{"m.a.p1", "n.a.p1", "n.a.x1", "bank.general.q-1", "m.a.q-2", "n.a.q-3"}},
		"of a lesson, by outcome":      {"m", Rule{Lesson: "b"}, []question.ID{"n.a.q-3"}},
		"of the pool it was moved to":  {"m", Rule{Pool: question.Exam}, []question.ID{"m.a.p1"}},
		"of a kind":                    {"", Rule{Kind: question.Cloze}, []question.ID{"bank.general.q-1", "m.a.q-2", "n.a.q-3"}},
		"with a tag":                   {"", Rule{Tag: "hard one"}, []question.ID{"n.a.x1", "bank.general.q-1"}},
		"with a tag, of a module":      {"n", Rule{Tag: "hard one"}, []question.ID{"n.a.x1"}},
		"with a tag nobody has":        {"", Rule{Tag: "hard"}, nil},
		"fixed and not withdrawn":      {"m", Rule{Questions: []question.ID{"m.a.x1", "m.a.q-2"}}, []question.ID{"m.a.q-2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, c.Eligible(Quiz{Module: tt.module}, tt.rule)); diff != "" {
				t.Errorf("Eligible(%+v) (-want +got):\n%s", tt.rule, diff)
			}
		})
	}
}

func TestPublishedQuestionsAreFound(t *testing.T) {
	t.Parallel()
	c := bench()
	written, stood := c.WrittenVersion("m.a.p1"), len(c.Questions())
	replaced := authored("m.a.p1", "m.a.o1")
	c.Publish(Workbench{
		Questions: []question.Question{replaced, authored("bank.general.q-1")}, Versions: map[question.ID]question.Version{"bank.general.q-1": "known"},
		Withdrawn: map[question.ID]bool{"bank.general.q-1": true},
	})
	_, version, err := question.Encode(replaced)
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := c.Question("m.a.p1"); !ok || q.Kind != question.Cloze || c.QuestionVersion("m.a.p1") != version || c.WrittenVersion("m.a.p1") != written {
		t.Errorf("a replaced question is %+v of version %s, want the replacement", q, c.QuestionVersion("m.a.p1"))
	}
	if s, _ := c.Subject("m.a.p1"); s.Version != string(version) {
		t.Errorf("what is reviewed is version %s, want the replacement %s", s.Version, version)
	}
	if _, ok := c.Question("bank.general.q-1"); !ok || c.QuestionVersion("bank.general.q-1") != "known" {
		t.Error("a withdrawn question is not found, or not by the version that the store keeps")
	}
	if n := len(c.Questions()); n != stood {
		t.Errorf("%d questions are asked, want %d: the withdrawn one is none of them", n, stood)
	}
	if c.WrittenQuestions()[0].Kind != question.Single || c.Modules[0].Lessons[0].Questions[0].Kind != question.Single || c.Version != "v1" {
		t.Error("publishing changed what the content files say")
	}
	c.Publish(Workbench{})
	if q, _ := c.Question("m.a.p1"); q.Kind != question.Single || c.QuestionVersion("m.a.p1") != written {
		t.Error("the content question does not stand again")
	}
}

func TestPublishedQuizzes(t *testing.T) {
	t.Parallel()
	c := bench()
	c.Modules[0].Quizzes = []Quiz{{Slug: "m.check", Module: "m", Rules: []Rule{{Draw: 1, Pool: question.Exam}}}}
	c.Indexed()
	c.Publish(Workbench{Tags: map[question.ID][]string{"n.a.p1": {"t"}}})
	c.PublishQuizzes([]Quiz{{Slug: "bank.own", Rules: []Rule{{Draw: 1, Tag: "t"}, {Questions: []question.ID{"m.a.p1"}}}}}, nil)
	if _, ok := c.Quiz("bank.own"); !ok {
		t.Fatal("a published quiz is not found")
	}
	for id, want := range map[question.ID][]QuizSlug{
		"m.a.p1": {"bank.own"}, "m.a.x1": {"m.check"}, "n.a.p1": {"bank.own"}, "n.a.x1": nil, "no.such.q": nil,
	} {
		if diff := cmp.Diff(want, c.UsedIn(id)); diff != "" {
			t.Errorf("UsedIn(%s) (-want +got):\n%s", id, diff)
		}
	}
	c.PublishQuizzes([]Quiz{{Slug: "m.check", Title: "Mine"}}, nil)
	slugs := func() []QuizSlug {
		var list []QuizSlug
		for _, quiz := range c.Quizzes() {
			list = append(list, quiz.Slug)
		}
		return list
	}
	if quiz, _ := c.Quiz("m.check"); quiz.Title != "Mine" || slices.Contains(slugs(), "bank.own") || len(slugs()) != 3 {
		t.Errorf("Quizzes() = %q with m.check called %q, want a trainer's in its place", slugs(), quiz.Title)
	}
}

// TestPublishWhileRead is for the race detector.
func TestPublishWhileRead(t *testing.T) {
	t.Parallel()
	c := bench()
	var done sync.WaitGroup
	for range 4 {
		done.Go(func() {
			for range 200 {
				c.Eligible(Quiz{}, Rule{Tag: "t"})
				c.Question("m.a.p1")
				c.UsedIn("m.a.p1")
			}
		})
	}
	for range 200 {
		c.Publish(Workbench{Questions: []question.Question{authored("m.a.p1", "m.a.o1")}, Tags: map[question.ID][]string{"m.a.p1": {"t"}}})
		c.PublishQuizzes([]Quiz{{Slug: "bank.own"}}, nil)
	}
	done.Wait()
}

// TestOldQuizVersionsStand: what a rule can say since does not change the
// documents of quizzes that do not say it.
func TestOldQuizVersionsStand(t *testing.T) {
	t.Parallel()
	const want = `"Rules":[{"Draw":3,"Pool":"exam","Module":"","Lesson":"","Outcome":"","Difficulty":0,"Questions":null}]`
	doc, _, err := EncodeQuiz(Quiz{Slug: "m.check", Rules: []Rule{{Draw: 3, Pool: question.Exam}}})
	if err != nil || !strings.Contains(string(doc), want) {
		t.Errorf("EncodeQuiz = %s, %v, want %s as before", doc, err, want)
	}
}
