package itemanalysis

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

var began = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)

var trainer = identity.Actor{ID: "t", Role: identity.Trainer}

// shelf is a store in memory.
type shelf struct {
	scripts  map[curriculum.QuizSlug][]Script
	versions map[question.Version]question.Question
	due      map[curriculum.QuizSlug]*due
	kept     map[string]Kept
	reads    int // of scripts
}

type due struct{ since, taken time.Time }

func (s *shelf) Attempt(_ context.Context, id assessment.AttemptID) (assessment.Attempt, error) {
	for quiz, scripts := range s.scripts {
		for _, script := range scripts {
			if script.Attempt == id {
				return assessment.Attempt{ID: id, Quiz: quiz}, nil
			}
		}
	}
	return assessment.Attempt{}, errs.Missing("attempt")
}

func (s *shelf) ScoredVersions(_ context.Context, versions []question.Version) (map[question.Version]question.Question, error) {
	found := map[question.Version]question.Question{}
	for _, v := range versions {
		found[v] = s.versions[v]
	}
	return found, nil
}

func (s *shelf) Scripts(_ context.Context, quiz curriculum.QuizSlug, after assessment.AttemptID, limit int) (page []Script, err error) {
	s.reads++
	slices.SortFunc(s.scripts[quiz], func(a, b Script) int { return strings.Compare(string(a.Attempt), string(b.Attempt)) })
	for _, script := range s.scripts[quiz] {
		if script.Attempt > after && len(page) < limit {
			page = append(page, script)
		}
	}
	return page, nil
}

func (s *shelf) NoteGrades(_ context.Context, quizzes []curriculum.QuizSlug, at time.Time) error {
	for _, quiz := range quizzes {
		if s.due[quiz] == nil || !s.due[quiz].taken.IsZero() {
			s.due[quiz] = &due{since: at}
		}
	}
	return nil
}

func (s *shelf) DueAnalyses(_ context.Context, abandoned time.Time) (list []Due, err error) {
	for quiz, d := range s.due {
		if d.taken.IsZero() || d.taken.Before(abandoned) {
			list = append(list, Due{Quiz: quiz, Since: d.since})
		}
	}
	return list, nil
}

func (s *shelf) TakeAnalysis(_ context.Context, quiz curriculum.QuizSlug, now, abandoned time.Time) (bool, error) {
	d := s.due[quiz]
	if d == nil || !d.taken.IsZero() && !d.taken.Before(abandoned) {
		return false, nil
	}
	d.taken = now
	return true, nil
}

func (s *shelf) KeepAnalyses(_ context.Context, quiz curriculum.QuizSlug, kept []Kept, taken time.Time) error {
	for _, k := range kept {
		k.Revision = s.kept[string(quiz)+string(k.Which)].Revision + 1
		s.kept[string(quiz)+string(k.Which)] = k
	}
	if d := s.due[quiz]; d != nil && d.taken.Equal(taken) {
		delete(s.due, quiz)
	}
	return nil
}

func (s *shelf) Analysis(_ context.Context, quiz curriculum.QuizSlug, which Which) (Kept, error) {
	if k, ok := s.kept[string(quiz)+string(which)]; ok {
		return k, nil
	}
	return Kept{}, errs.Missing("analysis")
}

func (s *shelf) Analyses(_ context.Context, which Which) (list []Kept, err error) {
	for _, k := range s.kept {
		if k.Which == which {
			list = append(list, k)
		}
	}
	return list, nil
}

func (s *shelf) Unanalysed(_ context.Context, basis int) (list []curriculum.QuizSlug, err error) {
	for quiz := range s.scripts {
		if s.kept[string(quiz)+string(First)].Basis != basis {
			list = append(list, quiz)
		}
	}
	return list, nil
}

// single is a question with the right option "right" and three others.
func single(id question.ID) question.Question {
	q := question.Question{ID: id, Pool: question.Exam, Kind: question.Single, Stem: "Which?", Options: []question.Option{
		{Text: "right", Correct: true}, {Text: "tempting"}, {Text: "unlikely"}, {Text: "odd"},
	}}
	question.Identify(&q)
	return q
}

func cloned(q question.Question) question.Question {
	q.Options = slices.Clone(q.Options)
	return q
}

func versionOf(q question.Question) question.Version {
	_, version, err := question.Encode(q)
	if err != nil {
		panic(err)
	}
	return version
}

// world is a module with a pretest and a check of ten questions.
type world struct {
	*Service
	shelf     *shelf
	questions []question.Question
	now       time.Time
}

func newWorld(t *testing.T, change ...func([]question.Question)) *world {
	t.Helper()
	w := &world{now: began, shelf: &shelf{
		scripts: map[curriculum.QuizSlug][]Script{}, versions: map[question.Version]question.Question{},
		due: map[curriculum.QuizSlug]*due{}, kept: map[string]Kept{},
	}}
	for i := range 10 {
		w.questions = append(w.questions, single(question.ID(fmt.Sprintf("m.l.q%d", i))))
	}
	for _, f := range change {
		f(w.questions)
	}
	var taught []question.Question
	for _, q := range w.questions {
		taught = append(taught, cloned(q))
	}
	catalogue := &curriculum.Catalogue{Modules: []curriculum.Module{{
		Slug: "m", Lessons: []curriculum.Lesson{{Module: "m", Slug: "l", Questions: taught, Practice: curriculum.Quiz{Slug: "m.l.practice", Purpose: curriculum.PurposePractice}}},
		Quizzes: []curriculum.Quiz{
			{Slug: "m.pretest", Module: "m", Purpose: curriculum.PurposePretest, PassMark: 0.6},
			{Slug: "m.check", Module: "m", Title: "Check", Purpose: curriculum.PurposeCheck, PassMark: 0.6},
			{Slug: "m.story", Module: "m", Purpose: curriculum.PurposeScenario},
		},
	}}}
	w.Service = &Service{Store: w.shelf, Attempts: w.shelf, Bank: w.shelf, Catalogue: catalogue.Indexed(), Now: func() time.Time { return w.now }}
	return w
}

// sit adds an attempt whose answers are texts of options, "" for none.
func (w *world) sit(quiz curriculum.QuizSlug, trainee identity.UserID, number int, answers []string) {
	script := Script{
		Attempt: assessment.AttemptID(fmt.Sprintf("%s-%05d-%s-%d", quiz, len(w.shelf.scripts[quiz]), trainee, number)), Trainee: trainee, Number: number,
		Locale: "en", StartedAt: began, EndedAt: began.Add(10 * time.Minute),
	}
	for i, text := range answers {
		q := cloned(w.questions[i])
		w.shelf.versions[versionOf(q)] = q
		item := assessment.ItemGrade{Question: q.ID, Version: versionOf(q), Answered: text != ""}
		for _, o := range q.Options {
			if o.Text != text {
				continue
			}
			raw, _ := json.Marshal(map[string]any{"choice": o.ID})
			script.Events = append(script.Events, assessment.Event{
				Device: "phone", Kind: assessment.EventAnswer, Question: q.ID, Response: raw, ElapsedMS: int64(i+1) * 20_000,
				ServerSeq: int64(i + 1), ReceivedAt: began.Add(time.Hour), Standing: assessment.InTime,
			})
			if item.Correct = o.Correct; o.Correct {
				item.Fraction = 1
			}
		}
		script.Items = append(script.Items, item)
	}
	w.shelf.scripts[quiz] = append(w.shelf.scripts[quiz], script)
}

// crowd lets people of different ability sit a quiz; those who do not know pick
// another option at random.
func (w *world) crowd(quiz curriculum.QuizSlug, people int, easier float64) {
	random := rand.New(rand.NewPCG(1, 2))
	for p := range people {
		ability := random.Float64()*0.8 + easier
		var answers []string
		for range w.questions {
			text := "right"
			if random.Float64() > ability {
				text = []string{"tempting", "unlikely", "odd"}[random.IntN(3)]
			}
			answers = append(answers, text)
		}
		w.sit(quiz, identity.UserID(fmt.Sprint("p", p)), 1, answers)
	}
}

// analysed makes and reads the analysis of a quiz.
func (w *world) analysed(t *testing.T, quiz curriculum.QuizSlug, which Which) *Analysis {
	t.Helper()
	must(t, w.shelf.NoteGrades(t.Context(), []curriculum.QuizSlug{quiz}, w.now))
	must(t, w.Analyse(t.Context(), quiz))
	a, err := w.Quiz(t.Context(), trainer, quiz, which)
	must(t, err)
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// item finds a question in an analysis.
func (a *Analysis) item(t *testing.T, id question.ID) Item {
	t.Helper()
	for _, item := range a.Items {
		if item.Question == id && item.Current {
			return item
		}
	}
	t.Fatalf("%s is not in the analysis", id)
	return Item{}
}

func has(verdicts []Verdict, code string) bool {
	return slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Code == code })
}
