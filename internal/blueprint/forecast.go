package blueprint

import (
	"context"
	"math"
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// Record is what is known of a question from past answers.
type Record struct {
	Answers  int     // graded
	Facility float64 // mean share of the points, 0..1
	Seconds  float64 // median time of an answer, 0 = not known
}

// Past knows how questions were answered. Questions that nobody answered are not
// in what it gives.
type Past interface {
	Records(ctx context.Context, ids []question.ID) (map[question.ID]Record, error)
}

// Guess is what is assumed of a question that too few have answered: by the
// author's difficulty 1..3, what well-trained people score, and by its kind how
// long they take. They are round numbers of our own, to be replaced by data.
var (
	guessedFacility = [4]float64{0.8, 0.9, 0.8, 0.7}
	guessedSeconds  = map[question.Kind]float64{
		question.Single: 45, question.Multiple: 70, question.TrueFalse: 40, question.Match: 80, question.Order: 70,
		question.Numeric: 60, question.Cloze: 50, question.Judgement: 60, question.Essay: 420,
	}
)

// MinAnswers is how many answers a question must have before they are believed.
const MinAnswers = 10

// Forecast is what to expect of a quiz before anybody has taken it.
type Forecast struct {
	Questions int           // in a paper
	Score     float64       // mean, 0..1
	Time      time.Duration // mean
	Known     float64       // share of the paper, 0..1, that past answers tell about; the rest is assumed
}

// Forecast expects a score and a time from how the questions that may be drawn
// were answered before, each weighted by its chance to be in a paper. Forbidden.
func (s *Service) Forecast(ctx context.Context, actor identity.Actor, q curriculum.Quiz) (Forecast, error) {
	if err := admit(actor); err != nil {
		return Forecast{}, err
	}
	likely := chances(s.Catalogue, q)
	ids := make([]question.ID, len(likely))
	for i, p := range likely {
		ids[i] = p.question
	}
	records, err := s.Past.Records(ctx, ids)
	if err != nil {
		return Forecast{}, err
	}
	var score, seconds, known, total float64
	for _, p := range likely {
		asked, _ := s.Catalogue.Question(p.question)
		r, sure := assume(asked, records[p.question])
		score, seconds, total = score+p.of*r.Facility, seconds+p.of*r.Seconds, total+p.of
		if sure {
			known += p.of
		}
	}
	f := Forecast{Questions: int(math.Round(total)), Time: time.Duration(seconds * float64(time.Second))}
	if total > 0 {
		f.Score, f.Known = score/total, known/total
	}
	return f, nil
}

// assume fills in what is not known of a question, and says whether enough
// people have answered it.
func assume(q question.Question, r Record) (Record, bool) {
	sure := r.Answers >= MinAnswers
	if !sure {
		r.Facility = guessedFacility[min(max(q.Difficulty, 0), 3)]
	}
	if !sure || r.Seconds == 0 {
		r.Seconds = guessedSeconds[q.Kind]
	}
	return r, sure
}
