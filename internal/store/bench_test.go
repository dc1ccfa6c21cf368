package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/store"
)

// BenchmarkAppend appends one answer at a time from 64 trainees, each on an
// attempt of their own. An op is one acknowledged, durable answer.
func BenchmarkAppend(b *testing.B) {
	const trainees = 64
	s, quiz, version := openBench(b)
	for n := range trainees {
		begin(b, s, n, quiz.Slug, version, 0)
	}
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	b.ResetTimer()
	for n := range trainees {
		wg.Go(func() {
			id, made := attemptID(n, 0), 0
			for left.Add(-1) >= 0 {
				if made++; made%40 == 0 { // papers are not endless
					finish(b, s, id)
					begin(b, s, n, quiz.Slug, version, made/40)
					id = attemptID(n, made/40)
				}
				if err := s.Append(context.Background(), id, answer); err != nil {
					b.Errorf("Append: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

func openBench(b *testing.B) (*store.Store, curriculum.Quiz, string) {
	s, err := store.Open(b.Context(), store.Config{URL: filepath.Join(b.TempDir(), "bench.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close(context.Background()) })
	quiz := curriculum.Quiz{Slug: "patrol.check"}
	if err := s.PublishQuizzes(b.Context(), []curriculum.Quiz{quiz}); err != nil {
		b.Fatal(err)
	}
	version, err := curriculum.QuizVersion(quiz)
	if err != nil {
		b.Fatal(err)
	}
	return s, quiz, version
}

func attemptID(trainee, number int) assessment.AttemptID {
	return assessment.AttemptID(fmt.Sprintf("01936f7e-%04d-7000-8000-%012d", number, trainee))
}

func begin(b testing.TB, s *store.Store, n int, quiz curriculum.QuizSlug, version string, number int) {
	who := identity.UserID(fmt.Sprintf("trainee-%d", n))
	now := time.Now().UTC().Truncate(time.Millisecond)
	if number == 0 {
		u := identity.User{ID: who, Username: string(who), Role: identity.Trainee, CreatedAt: now}
		if err := s.CreateUser(b.Context(), u, audit.Entry{At: now, Actor: audit.System, Action: "user.create", Object: string(who)}); err != nil {
			b.Fatal(err)
		}
	}
	a := assessment.Attempt{ID: attemptID(n, number), Trainee: who, Quiz: quiz, QuizVersion: version, Number: number + 1, StartedAt: now, Status: assessment.Open}
	err := s.Start(b.Context(), who, quiz, func([]assessment.Attempt) (assessment.Change, error) {
		return assessment.Change{Start: &a}, nil
	})
	if err != nil {
		b.Error(err)
	}
}

func finish(b *testing.B, s *store.Store, id assessment.AttemptID) {
	err := s.Append(context.Background(), id, func(*assessment.State) (assessment.Change, error) {
		return assessment.Change{End: &assessment.End{Status: assessment.Submitted, At: time.Now()}}, nil
	})
	if err != nil {
		b.Error(err)
	}
}

func answer(s *assessment.State) (assessment.Change, error) {
	const device = "7e57c0de-0000-4000-8000-000000000001"
	head := s.Devices[device]
	if head.Seq == 0 {
		head.Hash = assessment.Origin
	}
	e := assessment.Event{
		ID: assessment.EventID(fmt.Sprintf("%.18s-%017d", s.ID[18:], head.Seq)), Attempt: s.ID, Device: device, Seq: head.Seq + 1,
		Kind: assessment.EventAnswer, Question: "patrol.basics.q1", Response: []byte(`{"choice":"8R2K0Q1D"}`),
		ClientAt: "2027-01-14T09:30:00.123Z", ElapsedMS: head.Seq, PrevHash: head.Hash, ServerSeq: s.ServerSeq + 1,
		ReceivedAt: time.Now(), Standing: assessment.InTime,
	}
	e.Hash = e.Sum()
	return assessment.Change{Events: []assessment.Event{e}}, nil
}

// BenchmarkStart starts an exam for a new trainee each time, 64 at once.
func BenchmarkStart(b *testing.B) {
	s, quiz, version := openBench(b)
	const clients = 64
	paper := make([]assessment.PaperItem, 20)
	for i := range paper {
		paper[i] = assessment.PaperItem{Question: "patrol.basics.q1", Version: "0123456789abcdef0123456789abcdef"}
	}
	for n := range clients {
		begin(b, s, n, quiz.Slug, version, 0)
	}
	var number atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for n := range clients {
		wg.Go(func() {
			for {
				next := number.Add(1)
				if next > int64(b.N) {
					return
				}
				who, slug := identity.UserID(fmt.Sprintf("trainee-%d", n)), curriculum.QuizSlug(fmt.Sprintf("exam-%d", next))
				err := s.Start(context.Background(), who, slug, func([]assessment.Attempt) (assessment.Change, error) {
					a := assessment.Attempt{ID: attemptID(n, int(next)), Trainee: who, Quiz: slug, QuizVersion: version, Number: 1, Paper: paper, StartedAt: time.Now(), Status: assessment.Open}
					change, err := answer(assessment.Fold(a, nil, 0))
					change.Start = &a
					return change, err
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "starts/s")
}
