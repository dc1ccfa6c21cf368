package assessment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// MaxComment is the longest text of a marker, in characters.
const MaxComment = 2_000

// Mark is what a person gave for an essay. It holds for the very text that was
// marked: an answer that counts in its place later awaits a mark of its own.
type Mark struct {
	Points  []int           `json:"points"` // one for each criterion of the rubric
	Comment string          `json:"comment,omitempty"`
	Reason  string          `json:"reason,omitempty"` // why it was marked again
	By      identity.UserID `json:"by"`
	Of      string          `json:"of"` // SHA-256 of the response, hex
	Seq     int64           `json:"-"`  // ServerSeq of its event
	At      time.Time       `json:"-"`
}

// AnswerID names the answer to an essay of an attempt. It tells neither.
type AnswerID string

// AnswerOf names the answer to a question of an attempt: the first 32 hex digits
// of a SHA-256.
func AnswerOf(id AttemptID, of question.ID) AnswerID {
	sum := sha256.Sum256([]byte(string(id) + "\n" + string(of)))
	return AnswerID(hex.EncodeToString(sum[:16]))
}

// EssayAnswer is an answer that a person marks.
type EssayAnswer struct {
	Question question.Question
	Text     string
	Of       string // SHA-256 of the response, hex: names the text to who marks it
	Marks    []Mark // of this text, oldest first; the last holds
	EndedAt  time.Time
}

// Essay reads the answer to an essay of an attempt that has ended. NotFound where
// there is none to mark.
func (s *Service) Essay(ctx context.Context, id AttemptID, of question.ID) (EssayAnswer, error) {
	answer, _, err := s.essay(ctx, id, of)
	return answer, err
}

// essay reads an answer to an essay, and the paper that it is on.
func (s *Service) essay(ctx context.Context, id AttemptID, of question.ID) (EssayAnswer, *Paper, error) {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return EssayAnswer{}, nil, err
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return EssayAnswer{}, nil, err
	}
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		return EssayAnswer{}, nil, err
	}
	state, q := Fold(attempt, events, 0), paper.Questions[of]
	text, found := state.essay(q)
	if !found || attempt.Status == Open {
		return EssayAnswer{}, nil, errs.Missing("answer")
	}
	digest := digestOf(state.Answers[of].Response)
	answer := EssayAnswer{Question: q, Text: text, Of: digest, EndedAt: attempt.EndedAt}
	for _, e := range events {
		if mark, err := MarkOf(e); err == nil && e.Question == of && mark.Of == digest {
			answer.Marks = append(answer.Marks, mark)
		}
	}
	return answer, paper, nil
}

// Mark keeps what a person gave for an essay, and grades the attempt anew; known
// is how many marks of the text they knew of, and mark.Of the text that they read,
// "" = whichever is there. It answers Invalid for points that do not fit the rubric
// and for another mark without a reason, Conflict with code marked_meanwhile where
// there are more marks or another text, NotFound where there is no answer.
func (s *Service) Mark(ctx context.Context, id AttemptID, of question.ID, mark Mark, known int) error {
	before, paper, err := s.essay(ctx, id, of)
	if err != nil {
		return err
	}
	if mark.Of == "" {
		mark.Of = before.Of
	}
	if err := mark.fits(before.Question, known); err != nil {
		return err
	}
	meanwhile := errs.New(errs.Conflict, "marked_meanwhile", "This answer was marked or changed while you marked it. Look at what is there now.")
	if mark.Of != before.Of || len(before.Marks) != known {
		return meanwhile
	}
	for again := true; again; {
		grades, err := s.Store.Grades(ctx, id)
		if err != nil || len(grades) == 0 {
			return err
		}
		last := grades[len(grades)-1]
		err = s.Store.Append(ctx, id, func(state *State) (Change, error) {
			if _, held := state.result(before.Question); digestOf(state.Answers[of].Response) != mark.Of || held.Seq != before.lastSeq() {
				return Change{}, meanwhile
			}
			if again = state.Grades != last.Number; again { // another question was judged again just now
				return Change{}, nil
			}
			return s.remark(state, paper, last, of, mark)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// remark adds a mark to the log, and the grade that follows: what a ruling changes
// of other questions is the ruling's own grade.
func (s *Service) remark(state *State, paper *Paper, last Grade, of question.ID, mark Mark) (Change, error) {
	now := s.now()
	body, err := json.Marshal(mark)
	if err != nil {
		return Change{}, fmt.Errorf("encode a mark: %w", err)
	}
	seq, head := state.ServerSeq+1, state.Devices[ServerDevice]
	event := serverEvent(state.Attempt, EventMark, seq, head, now)
	event.ID, event.Question, event.Response = EventID(fmt.Sprintf("%s:%s:%d", state.ID, EventMark, seq)), of, body
	change := Change{Events: []Event{event.link(head)}}
	reason := "mark"
	if mark.Reason != "" {
		reason = "mark_again"
	}
	g := revise(last, state.with(change), paper, of)
	g.Reason, g.At = reason, now
	change.Grade = &g
	change.Audit = []audit.Entry{gradeEntry(g, string(mark.By))}
	return change, nil
}

// fits checks a mark by itself.
func (m Mark) fits(q question.Question, known int) error {
	if _, err := question.ScoreEssay(q, m.Points); err != nil {
		return errs.InvalidField("points", "The points do not fit the rubric: %s.", err)
	}
	for field, text := range map[string]string{"comment": m.Comment, "reason": m.Reason} {
		if utf8.RuneCountInString(text) > MaxComment {
			return errs.InvalidField(field, "Write at most %d characters.", MaxComment)
		}
	}
	if known > 0 && strings.TrimSpace(m.Reason) == "" {
		return errs.InvalidField("reason", "Say why it is marked again.")
	}
	return nil
}

// lastSeq is that of the mark that holds, 0 = none.
func (a EssayAnswer) lastSeq() int64 {
	if len(a.Marks) == 0 {
		return 0
	}
	return a.Marks[len(a.Marks)-1].Seq
}

// essay gives the text that an essay question was answered with; false where there
// is none to mark.
func (s *State) essay(q question.Question) (string, bool) {
	answer, answered := s.Answers[q.ID]
	if !answered || !q.Kind.Marked() {
		return "", false
	}
	response, err := question.ParseResponse(q, answer.Response)
	return response.Text, err == nil && strings.TrimSpace(response.Text) != ""
}

// marked names a text that was marked: it may count again after another did.
type marked struct {
	question question.ID
	of       string
}

// mark takes a mark in.
func (s *State) mark(e Event) {
	mark, err := MarkOf(e)
	if err != nil {
		return // of an event that the server made itself
	}
	if s.marks == nil {
		s.marks = make(map[marked]Mark)
	}
	s.marks[marked{e.Question, mark.Of}] = mark
}

// result judges the answer to a question: an essay by its mark, if that is of the
// text that counts.
func (s *State) result(q question.Question) (question.Result, Mark) {
	response := s.Answers[q.ID].Response
	if q.Kind.Marked() && len(s.marks) > 0 {
		mark, ok := s.marks[marked{q.ID, digestOf(response)}]
		if result, err := question.ScoreEssay(q, mark.Points); ok && err == nil {
			return result, mark
		}
	}
	return question.Score(q, response), Mark{}
}

// MarkOf reads the mark of an event of kind mark.
func MarkOf(e Event) (Mark, error) {
	if e.Kind != EventMark {
		return Mark{}, fmt.Errorf("event %s is no mark", e.ID)
	}
	var mark Mark
	if err := json.Unmarshal(e.Response, &mark); err != nil {
		return Mark{}, fmt.Errorf("decode the mark %s: %w", e.ID, err)
	}
	mark.Seq, mark.At = e.ServerSeq, e.ReceivedAt
	return mark, nil
}

func digestOf(response json.RawMessage) string {
	sum := sha256.Sum256(response)
	return hex.EncodeToString(sum[:])
}

// criteria leaves out of a rubric what is for markers alone.
func criteria(rubric []question.Criterion) []question.Criterion {
	out := make([]question.Criterion, len(rubric))
	for i, c := range rubric {
		out[i] = question.Criterion{Text: c.Text, Points: c.Points}
	}
	return out
}
