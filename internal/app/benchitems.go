package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/bench"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/psychometrics"
	"muster/internal/question"
	"muster/internal/regrade"
)

// How large the quiz is whose items are analysed.
const (
	benchScripts = 10_000
	benchItems   = 100
)

// benchAnalysis makes statistics of a million responses, first of marks in
// memory, then of attempts in the store, and opens the page of that quiz.
func benchAnalysis(ctx context.Context, r *rig) ([]bench.Figure, error) {
	responses := benchResponses()
	inMemory, memory := peak(func() {
		psychometrics.Describe(responses, 0.8)
		psychometrics.Items(responses, 0.8)
		psychometrics.FitRasch(responses)
	})
	figures := []bench.Figure{
		{Name: "1,000,000 responses analysed", Value: inMemory.Seconds(), Unit: "s", Target: "≤ 2 s", Met: inMemory <= 2*time.Second},
	}
	quiz, err := r.services.benchScripts(ctx)
	if err != nil {
		return nil, err
	}
	fromStore, storeMemory := peak(func() { err = r.services.analysis.Analyse(ctx, quiz) })
	if err != nil {
		return nil, err
	}
	most := math.Max(memory, storeMemory)
	figures = append(figures,
		bench.Figure{Name: "10,000 × 100 read and analysed", Value: fromStore.Seconds(), Unit: "s", Target: "≤ 60 s, in the background", Met: fromStore <= time.Minute},
		bench.Figure{Name: "memory of both, at most", Value: most, Unit: "MB", Target: "≤ 500 MB", Met: most <= 500})
	token, err := r.services.benchToken(ctx, r.config, "bench.trainer", identity.Trainer)
	if err != nil {
		return nil, err
	}
	load, err := bench.Drive(1, r.length, func(int, int) error {
		_, err := r.client.Do(http.MethodGet, "/api/v1/item-analysis/"+string(quiz), token, nil, http.StatusOK)
		return err
	})
	if err != nil {
		return nil, err
	}
	figures = append(figures, atMost("item analysis of 10,000 attempts, p99", load, 300*time.Millisecond))
	preview, err := r.services.benchPreview(ctx)
	return append(figures, preview), err
}

// benchPreview asks what it would change to take a question out of the score of
// everybody who had it.
func (s *services) benchPreview(ctx context.Context) (bench.Figure, error) {
	asked := s.benchQuestions()[0]
	start := time.Now()
	p, err := s.regrades.Preview(ctx, identity.Actor{ID: "bench", Role: identity.Trainer}, regrade.Request{
		Question: asked.ID, Version: s.catalogue.QuestionVersion(asked.ID), Action: assessment.Void, Reason: "the bench",
	})
	took := time.Since(start)
	if err == nil && p.Ended != benchScripts {
		err = fmt.Errorf("a ruling on a question finds %d attempts, not %d", p.Ended, benchScripts)
	}
	return bench.Figure{Name: "mended key, dry run over 10,000", Value: took.Seconds(), Unit: "s", Target: "≤ 45 s", Met: took <= 45*time.Second}, err
}

// benchQuestions are those that are asked: of a single choice among four or more.
func (s *services) benchQuestions() []question.Question {
	var asked []question.Question
	for _, q := range s.catalogue.Questions() {
		if q.Kind == question.Single && len(q.Options) >= 4 && len(asked) < benchItems {
			asked = append(asked, q)
		}
	}
	return asked
}

// peak measures how long work takes, and the most memory in MB that was in use
// meanwhile.
func peak(work func()) (took time.Duration, megabytes float64) {
	runtime.GC()
	done, most := make(chan struct{}), make(chan float64)
	go func() {
		var stats runtime.MemStats
		highest, tick := 0.0, time.NewTicker(20*time.Millisecond)
		defer tick.Stop()
		for {
			runtime.ReadMemStats(&stats)
			highest = math.Max(highest, float64(stats.HeapInuse+stats.StackInuse)/(1<<20))
			select {
			case <-done:
				most <- highest
				return
			case <-tick.C:
			}
		}
	}()
	start := time.Now()
	work()
	took = time.Since(start)
	close(done)
	return took, <-most
}

// benchResponses are those of people of a normal ability to items of all
// difficulties, each with four options.
func benchResponses() psychometrics.Responses {
	random := rand.New(rand.NewPCG(1, 2))
	r := psychometrics.Responses{Attempts: benchScripts, Columns: make([]psychometrics.Column, benchItems)}
	for i := range r.Columns {
		r.Columns[i] = psychometrics.Column{Max: 1, Guess: 0.25, Options: 4, Key: 1}
	}
	for a := range benchScripts {
		ability := random.NormFloat64()
		for i := range r.Columns {
			c, picked := &r.Columns[i], benchPick(random, ability, i)
			mark := 0.0
			if picked == 0 {
				mark = 1
			}
			c.Attempts, c.Marks, c.Picks = append(c.Attempts, int32(a)), append(c.Marks, mark), append(c.Picks, 1<<picked)
		}
	}
	return r
}

// benchPick is what somebody chooses of the four options of an item; 0 is right.
func benchPick(random *rand.Rand, ability float64, item int) int {
	difficulty := 4*float64(item)/benchItems - 2
	if random.Float64() < 1/(1+math.Exp(difficulty-ability)) {
		return 0
	}
	return 1 + random.IntN(3)
}

// benchScripts lets many people sit an exam of single-choice questions, and gives
// the exam.
func (s *services) benchScripts(ctx context.Context) (curriculum.QuizSlug, error) {
	asked := s.benchQuestions()
	if len(asked) < benchItems || len(s.catalogue.Exams) == 0 {
		return "", errors.New("the curriculum has too few questions to measure with")
	}
	quiz := s.catalogue.Exams[0]
	version, err := curriculum.QuizVersion(quiz)
	if err != nil {
		return "", err
	}
	s.store.SkipJobs(true)
	defer s.store.SkipJobs(false)
	failed, places := make(chan error, benchScripts), make(chan struct{}, benchClients)
	for n := range benchScripts {
		places <- struct{}{}
		go func() {
			failed <- s.benchScript(ctx, n, quiz.Slug, version, asked)
			<-places
		}()
	}
	for range benchScripts {
		if err := <-failed; err != nil {
			return "", err
		}
	}
	return quiz.Slug, s.store.NoteGrades(ctx, []curriculum.QuizSlug{quiz.Slug}, s.now())
}

// boolOrder compares false before true.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// benchScript writes one attempt with its answers and its grade.
func (s *services) benchScript(ctx context.Context, n int, quiz curriculum.QuizSlug, version string, asked []question.Question) error {
	user := identity.User{ID: identity.UserID(newID()), Username: fmt.Sprintf("bench.exam.%d", n), Name: "Bench", Role: identity.Trainee, Locale: "en", CreatedAt: s.now()}
	if err := s.store.CreateUser(ctx, user, identity.CreateEntry(user, "bench")); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1, uint64(n)))
	ability, now := random.NormFloat64(), s.now()
	a := assessment.Attempt{ID: assessment.AttemptID(newID()), Trainee: user.ID, Quiz: quiz, QuizVersion: version, Number: 1, StartedAt: now, Status: assessment.Open}
	grade := assessment.Grade{Attempt: a.ID, Number: 1, MaxPoints: float64(len(asked)), Reason: "submit", At: now}
	change := assessment.Change{End: &assessment.End{Status: assessment.Submitted, At: now.Add(time.Hour)}}
	for i, q := range asked {
		item := assessment.PaperItem{Question: q.ID, Version: s.catalogue.QuestionVersion(q.ID)}
		a.Paper = append(a.Paper, item)
		options := slices.SortedStableFunc(slices.Values(q.Options), func(x, y question.Option) int { return boolOrder(y.Correct, x.Correct) })
		option := options[benchPick(random, ability, i)]
		given := assessment.ItemGrade{Question: q.ID, Version: item.Version, Answered: true, Correct: option.Correct}
		if option.Correct {
			given.Fraction = 1
			grade.Points++
		}
		grade.Items = append(grade.Items, given)
		response, err := json.Marshal(map[string]question.OptionID{"choice": option.ID})
		if err != nil {
			return err
		}
		change.Events = append(change.Events, assessment.Event{
			ID: assessment.EventID(fmt.Sprintf("%s-%d", a.ID, i)), Attempt: a.ID, Device: "bench", Seq: int64(i + 1), Kind: assessment.EventAnswer,
			Question: q.ID, Response: response, ElapsedMS: int64(30_000 * (i + 1)), ServerSeq: int64(i + 1), ReceivedAt: now.Add(time.Hour), Standing: assessment.InTime,
		})
	}
	grade.Passed = grade.Score() >= 0.8
	change.Start, change.Grade = &a, &grade
	return s.store.Start(ctx, user.ID, quiz, func([]assessment.Attempt) (assessment.Change, error) { return change, nil })
}
