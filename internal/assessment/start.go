package assessment

import (
	"context"
	"encoding/json"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Start starts an attempt, or gives the open one (created false). It answers
// NotFound for an unknown quiz, Conflict with code attempts_used_up, too_soon
// or not_open where the quiz's policy does not allow another.
func (s *Service) Start(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug) (id AttemptID, created bool, err error) {
	quiz, err := s.quizFor(ctx, actor.ID, slug)
	if err != nil {
		return "", false, err
	}
	if quiz.Purpose == curriculum.PurposeReview { // whose paper is chosen elsewhere
		return "", false, errs.Missing("quiz")
	}
	if err := s.offered(slug); err != nil {
		return s.open(ctx, actor, quiz, Attempt{}, err)
	}
	fresh, undrawn := s.draw(ctx, actor, quiz)
	return s.open(ctx, actor, quiz, fresh, undrawn)
}

// offered says why a quiz cannot be started by anybody, nil where it can.
func (s *Service) offered(slug curriculum.QuizSlug) error {
	if _, ok := s.Catalogue.Offered(slug); !ok {
		return errs.New(errs.Conflict, "not_open", "The trainer of this quiz has closed it.")
	}
	return nil
}

// StartOn starts an attempt, or gives the open one, at a quiz whose questions
// the caller has chosen. It answers as Start does.
func (s *Service) StartOn(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, chosen []question.ID) (id AttemptID, created bool, err error) {
	quiz, ok := s.Catalogue.Quiz(slug)
	if !ok {
		return "", false, errs.Missing("quiz")
	}
	fresh, unprepared := s.prepare(actor, quiz, chosen, s.NewSeed())
	return s.open(ctx, actor, quiz, fresh, unprepared)
}

// open starts the attempt that was prepared, or gives the one that is open,
// whether another could be prepared or not.
func (s *Service) open(ctx context.Context, actor identity.Actor, quiz curriculum.Quiz, fresh Attempt, unprepared error) (id AttemptID, created bool, err error) {
	for {
		var overdueID AttemptID
		err = s.Store.Start(ctx, actor.ID, quiz.Slug, func(before []Attempt) (Change, error) {
			id, created, overdueID = "", false, ""
			now := s.now()
			if open := openAttempt(before); open != nil {
				if overdue(*open, now) {
					overdueID = open.ID
				}
				id = open.ID
				return Change{}, nil
			}
			if err := Allowed(quiz, before, now); err != nil {
				return Change{}, err
			}
			if unprepared != nil {
				return Change{}, unprepared
			}
			id, created = fresh.ID, true
			return startChange(fresh, quiz, len(before)+1, now), nil
		})
		if err != nil || overdueID == "" {
			return id, created, err
		}
		if err := s.Expire(ctx, overdueID); err != nil {
			return "", false, err
		}
	}
}

// draw prepares an attempt on a paper that is drawn from the quiz's blueprint.
func (s *Service) draw(ctx context.Context, actor identity.Actor, quiz curriculum.Quiz) (Attempt, error) {
	seen, err := s.Exposure.SeenQuestions(ctx, actor.ID)
	if err != nil {
		return Attempt{}, err
	}
	seed := s.NewSeed()
	drawn, err := Draw(s.Catalogue, quiz, seen, seed)
	if err != nil {
		return Attempt{}, err
	}
	return s.prepare(actor, quiz, drawn, seed)
}

// prepare makes all of an attempt that does not depend on those before it, so
// that little is done under the lock.
func (s *Service) prepare(actor identity.Actor, quiz curriculum.Quiz, drawn []question.ID, seed int64) (Attempt, error) {
	version, err := curriculum.QuizVersion(quiz)
	if err != nil {
		return Attempt{}, err
	}
	paper := make([]PaperItem, len(drawn))
	for i, id := range drawn {
		paper[i] = PaperItem{Question: id, Version: s.Catalogue.QuestionVersion(id)}
	}
	return Attempt{
		ID: AttemptID(s.NewID()), Trainee: actor.ID, Quiz: quiz.Slug, QuizVersion: version,
		Seed: seed, Paper: paper, Status: Open,
	}, nil
}

func startChange(a Attempt, quiz curriculum.Quiz, number int, now time.Time) Change {
	a.Number, a.StartedAt = number, now
	if quiz.TimeLimitMinutes > 0 {
		a.Deadline = now.Add(time.Duration(quiz.TimeLimitMinutes) * time.Minute)
	}
	if closes := moment(quiz.ClosesAt); !closes.IsZero() && (a.Deadline.IsZero() || closes.Before(a.Deadline)) {
		a.Deadline = closes
	}
	first := serverEvent(a, EventStart, 1, Chain{}, now)
	return Change{Start: &a, Events: []Event{first}}
}

// serverEvent makes an event of the server's own, next in its chain. Its id is
// the attempt's with its kind, so that it cannot be there twice.
func serverEvent(a Attempt, kind EventKind, serverSeq int64, head Chain, now time.Time) Event {
	return Event{
		ID: EventID(string(a.ID) + ":" + string(kind)), Attempt: a.ID, Device: ServerDevice, Seq: head.Seq + 1,
		Kind: kind, ClientAt: now.Format(time.RFC3339Nano), ElapsedMS: now.Sub(a.StartedAt).Milliseconds(),
		ServerSeq: serverSeq, ReceivedAt: now, Standing: InTime,
	}.link(head)
}

// Allowed says whether the policy of quiz allows another attempt now, and if
// not why, as an error with a code.
func Allowed(quiz curriculum.Quiz, before []Attempt, now time.Time) error {
	if opens := moment(quiz.OpensAt); now.Before(opens) {
		return errs.New(errs.Conflict, "not_open", "This quiz opens on %s.", opens.Format("2 January 2006 15:04 MST"))
	}
	if closes := moment(quiz.ClosesAt); !closes.IsZero() && !now.Before(closes) {
		return errs.New(errs.Conflict, "not_open", "This quiz closed on %s.", closes.Format("2 January 2006 15:04 MST"))
	}
	if quiz.Attempts > 0 && len(before) >= quiz.Attempts {
		return errs.New(errs.Conflict, "attempts_used_up", "You have used all %d attempts at this quiz. Ask your coordinator for another.", quiz.Attempts)
	}
	if next := NotBefore(quiz, before); now.Before(next) {
		return errs.New(errs.Conflict, "too_soon", "You can try this quiz again on %s.", next.Format("2 January 2006 15:04 MST"))
	}
	return nil
}

// NotBefore is the earliest moment for another attempt, zero when there is no wait.
func NotBefore(quiz curriculum.Quiz, before []Attempt) time.Time {
	if quiz.DelayMinutes == 0 || len(before) == 0 || before[len(before)-1].Status == Open {
		return time.Time{}
	}
	return before[len(before)-1].EndedAt.Add(time.Duration(quiz.DelayMinutes) * time.Minute)
}

func openAttempt(attempts []Attempt) *Attempt {
	for i := range attempts {
		if attempts[i].Status == Open {
			return &attempts[i]
		}
	}
	return nil
}

// moment reads a time of a quiz's policy, which content checking has proved valid.
func moment(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// ActionGrade is the audit action of every grade and regrade.
const ActionGrade audit.Action = "attempt.grade"

func gradeEntry(g Grade, by string) audit.Entry {
	reason := g.Reason
	if g.Ruling != "" { // its reason may tell the key, or speak of somebody who can be erased; the trail cannot forget
		reason = "ruling " + string(g.Ruling)
	}
	detail, err := json.Marshal(map[string]any{"grade": g.Number, "score": g.Score(), "passed": g.Passed, "reason": reason})
	if err != nil { // numbers and strings always encode
		panic(err)
	}
	return audit.Entry{At: g.At, Actor: by, Action: ActionGrade, Object: string(g.Attempt), Detail: string(detail)}
}
