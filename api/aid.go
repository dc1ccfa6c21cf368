package api

import (
	"context"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/learning"
	"muster/internal/readiness"
	"muster/internal/retention"
)

// ExtensionRequest gives people of a cohort another date for what is assigned.
type ExtensionRequest struct {
	Chosen
	Things  []AssignedThing `json:"things" minItems:"1" maxItems:"100"`
	DueOn   string          `json:"due_on" format:"date"`
	Reason  string          `json:"reason" minLength:"1" maxLength:"2000" doc:"500 characters at most"`
	Earlier bool            `json:"earlier,omitempty" doc:"Also for whom this is less time than they have: it corrects a date"`
}

// AssignedThing names a module or an exam.
type AssignedThing struct {
	Kind string `json:"kind" enum:"module,exam"`
	Slug string `json:"slug" minLength:"1" maxLength:"200"`
}

// RefresherRequest asks people of a cohort to practise a lesson again.
type RefresherRequest struct {
	Chosen
	Module string `json:"module" minLength:"1" maxLength:"100"`
	Lesson string `json:"lesson" minLength:"1" maxLength:"100"`
	DueOn  string `json:"due_on" format:"date"`
}

// Effect is what became of something that was to be done for several people.
type Effect struct {
	People int      `json:"people" doc:"For whom it was done"`
	Spared []Spared `json:"spared" doc:"What was not done, because something stands already"`
}

// Spared is somebody for whom something was not done.
type Spared struct {
	User  string `json:"user" doc:"Id"`
	Name  string `json:"name"`
	Why   string `json:"why" enum:"asked,finished,later" doc:"asked: the same refresher is open; finished: the thing is done; later: they have at least that much time"`
	Title string `json:"title,omitempty" doc:"Of the module or exam"`
	DueOn string `json:"due_on,omitempty" format:"date" doc:"Of what stands"`
}

// Aid is what was done for somebody that still stands.
type Aid struct {
	Refreshers []PersonRefresher `json:"refreshers" doc:"Not done; oldest first"`
	Extensions []PersonExtension `json:"extensions" doc:"Of what is not done, and not over; oldest first"`
	Written    []WrittenAbout    `json:"written" doc:"Messages of the last days, newest first; Rules says how many days"`
}

// WrittenAbout is when somebody was last sent a message about something.
type WrittenAbout struct {
	About string `json:"about,omitempty" doc:"Key of the need"`
	At    string `json:"at" format:"date-time"`
}

// Aided is for how many people something stands that was done about a need.
type Aided struct {
	People int    `json:"people"`
	At     string `json:"at" format:"date-time" doc:"Of the newest"`
	DueOn  string `json:"due_on,omitempty" format:"date" doc:"The last date of all"`
}

// Rules are the numbers by which readiness is worked out.
type Rules struct {
	Target        float64 `json:"target" doc:"0..1: the mastery from which an outcome is held"`
	MinAnswers    int     `json:"min_answers" doc:"Graded answers that an outcome needs to be held"`
	OlderWeight   float64 `json:"older_weight" doc:"Of a review beside that of the next newer one"`
	HardFrom      float64 `json:"hard_from" doc:"0..1 of the points: a review counts as failed below it, as hard from it"`
	GoodFrom      float64 `json:"good_from" doc:"0..1 of the points: a review counts as good from it"`
	FailuresInRow int     `json:"failures_in_row" doc:"Reviews of one outcome that failed: need=failing_outcome"`
	StuckAttempts int     `json:"stuck_attempts" doc:"At a check that is not passed: need=stuck"`
	InactiveDays  int     `json:"inactive_days" doc:"need=inactive"`
	WrittenDays   int     `json:"written_days" doc:"How long a message counts as done about a need"`
	MinPairs      int     `json:"min_pairs" doc:"People for whom a learning gain is told"`
	Example       Example `json:"example"`

	Cram Cram `json:"cram" doc:"What reviews keep of a curriculum that was learnt in one day"`
}

// Example is how one outcome fades, with and without a second review.
type Example struct {
	Evidence float64 `json:"evidence" doc:"0..1: what was shown"`
	ReviewOn int     `json:"review_on" doc:"Day of the second review"`
	Curve    []Faded `json:"curve" doc:"Day by day"`
}

// Faded is how much is held on a day, 0..1.
type Faded struct {
	Day   int     `json:"day"`
	Once  float64 `json:"once"`
	Twice float64 `json:"twice" doc:"With the second review"`
}

func (s *Server) postExtensions(ctx context.Context, in *struct {
	CohortPath
	Body ExtensionRequest
}) (*reply[Effect], error) {
	return s.effect(s.Readiness.Extend(ctx, actorOf(ctx), in.id(), in.Body.users(), cohort.Extending{
		Things: listed(in.Body.Things, assignedThing), DueOn: in.Body.DueOn, Reason: in.Body.Reason, Earlier: in.Body.Earlier,
	}))
}

func assignedThing(t AssignedThing) cohort.Assignment {
	return cohort.Assignment{Kind: cohort.Kind(t.Kind), Slug: t.Slug}
}

func (s *Server) postRefreshers(ctx context.Context, in *struct {
	CohortPath
	Body RefresherRequest
}) (*reply[Effect], error) {
	return s.effect(s.Readiness.Refresh(ctx, actorOf(ctx), in.id(), in.Body.users(), cohort.Refresher{
		Module: curriculum.ModuleSlug(in.Body.Module), Lesson: curriculum.LessonSlug(in.Body.Lesson), DueOn: in.Body.DueOn,
	}))
}

// effect answers with what became of something for several people.
func (s *Server) effect(e cohort.Effect, err error) (*reply[Effect], error) {
	if err != nil {
		return nil, err
	}
	return ok(Effect{People: e.People, Spared: listed(e.Spared, s.spared)}), nil
}

func (s *Server) spared(p cohort.Spared) Spared {
	out := Spared{User: string(p.ID), Name: p.Name, Why: string(p.Why), DueOn: p.DueOn}
	if p.Thing.Slug != "" {
		out.Title = s.titleOf(p.Thing)
	}
	return out
}

func (s *Server) aid(a readiness.Aid) Aid {
	return Aid{
		Refreshers: listed(a.Refreshers, func(r cohort.Refresher) PersonRefresher { return s.personRefresher(readiness.Refresher{Refresher: r}) }),
		Extensions: listed(a.Extensions, s.personExtension),
		Written:    listed(a.Written, func(w cohort.Written) WrittenAbout { return WrittenAbout{About: w.About, At: stamp(w.At)} }),
	}
}

// aided tells what was done for some people, nil where nothing was.
func aided(d readiness.Done) *Aided {
	if d.People == 0 {
		return nil
	}
	return &Aided{People: d.People, At: stamp(d.At), DueOn: d.DueOn}
}

func (s *Server) getRules(context.Context, *struct{}) (*reply[Rules], error) {
	const day = 24
	outcomes := 0
	for _, m := range s.Catalogue.Modules {
		for _, l := range m.Lessons {
			outcomes += len(l.Outcomes)
		}
	}
	return ok(Rules{
		Target: readiness.Target, MinAnswers: readiness.MinAnswers, OlderWeight: learning.Ageing, HardFrom: retention.HardFrom, GoodFrom: retention.GoodFrom,
		FailuresInRow: readiness.FailuresInRow, StuckAttempts: readiness.StuckAttempts, InactiveDays: int(readiness.InactiveAfter.Hours() / day),
		WrittenDays: int(readiness.WrittenFor.Hours() / day), MinPairs: readiness.MinPairs,
		Example: Example{
			Evidence: readiness.ExampleEvidence, ReviewOn: readiness.ExampleReview,
			Curve: listed(readiness.Example(), func(f readiness.Faded) Faded { return Faded(f) }),
		},
		Cram: Cram{
			Outcomes: outcomes, Cards: learning.MostCards, Days: readiness.CramDays,
			Paces: listed(readiness.Cram(outcomes), func(p readiness.Pace) Pace { return Pace(p) }),
		},
	}), nil
}

// Cram is what reviews keep of a curriculum whose outcomes were all learnt in one
// day: computed by the model, for somebody whose every answer is good.
type Cram struct {
	Outcomes int    `json:"outcomes" doc:"All that the curriculum has"`
	Cards    int    `json:"cards" doc:"Of one review, at most"`
	Days     int    `json:"days" doc:"After which is told what is held"`
	Paces    []Pace `json:"paces" doc:"A review a day, one a week, none"`
}

// Pace is how often somebody takes a review.
type Pace struct {
	Every int `json:"every" doc:"Days from one to the next; 0: none"`
	Held  int `json:"held" doc:"Outcomes that are held at the end"`
}
