package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/assessment"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// blueprintBody is how long a quiz may be: fifty rules of named questions.
const blueprintBody = 512 << 10

// blueprintRoutes are the addresses of quizzes that trainers design, and of the
// exceptions that coordinators make.
func (s *Server) blueprintRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/blueprints", "blueprints", "The quizzes that trainers design", reviewer), s.getBlueprints)
	handle(s, api, takes(blueprintBody, creates(s.operation(http.MethodPost, "/blueprints", "createBlueprint", "Keep a new quiz as a draft", reviewer))), s.postBlueprint)
	handle(s, api, s.operation(http.MethodGet, "/blueprints/{blueprint}", "blueprint", "A trainer's quiz", reviewer), s.getBlueprint)
	handle(s, api, takes(blueprintBody, s.operation(http.MethodPut, "/blueprints/{blueprint}", "saveBlueprint", "Keep another text of a quiz; trainees are offered it when it is published", reviewer)), s.putBlueprint)
	handle(s, api, s.operation(http.MethodPost, "/blueprints/{blueprint}/publish", "publishBlueprint", "Offer a quiz to trainees as it was saved last", reviewer), s.postBlueprintPublish)
	handle(s, api, s.operation(http.MethodPost, "/blueprints/{blueprint}/close", "closeBlueprint", "Offer a quiz no more", reviewer), s.postBlueprintClose)
	handle(s, api, takes(blueprintBody, s.operation(http.MethodPost, "/blueprint-previews", "previewBlueprint", "What papers of a quiz will be like, before it is kept", reviewer)), s.postBlueprintPreview)
	handle(s, api, takes(blueprintBody, s.operation(http.MethodPost, "/blueprint-papers", "samplePaper", "A paper of a quiz as a trainee would get it", reviewer)), s.postSamplePaper)

	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/overrides", "overrides", "The exceptions from quizzes' policies in a cohort", coordinating), s.getOverrides)
	handle(s, api, s.operation(http.MethodPut, "/cohorts/{cohort}/overrides", "setOverride", "Give a cohort, or one of its people, another policy of a quiz", coordinating), s.putOverride)
	handle(s, api, s.operation(http.MethodDelete, "/cohorts/{cohort}/overrides/{quiz}", "removeOverride", "Take an exception back", coordinating), s.deleteOverride)
}

// BlueprintPath names a trainer's quiz.
type BlueprintPath struct {
	Blueprint string `path:"blueprint" maxLength:"200"`
}

func (p BlueprintPath) slug() curriculum.QuizSlug { return curriculum.QuizSlug(p.Blueprint) }

func (s *Server) getBlueprints(ctx context.Context, _ *struct{}) (*reply[BlueprintList], error) {
	entries, err := s.Blueprints.List(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(BlueprintList{Items: listed(entries, s.blueprintCard)}), nil
}

func (s *Server) postBlueprint(ctx context.Context, in *struct{ Body BlueprintText }) (*reply[Blueprint], error) {
	return s.blueprint(ctx)(s.Blueprints.Create(ctx, actorOf(ctx), quizOf(in.Body)))
}

func (s *Server) getBlueprint(ctx context.Context, in *BlueprintPath) (*reply[Blueprint], error) {
	return s.blueprint(ctx)(s.Blueprints.Entry(ctx, actorOf(ctx), in.slug()))
}

func (s *Server) putBlueprint(ctx context.Context, in *struct {
	BlueprintPath
	Body BlueprintChange
}) (*reply[Blueprint], error) {
	return s.blueprint(ctx)(s.Blueprints.Save(ctx, actorOf(ctx), in.slug(), quizOf(in.Body.Quiz), in.Body.Base))
}

func (s *Server) postBlueprintPublish(ctx context.Context, in *struct {
	BlueprintPath
	Body BlueprintBase
}) (*reply[Blueprint], error) {
	return s.blueprint(ctx)(s.Blueprints.Publish(ctx, actorOf(ctx), in.slug(), in.Body.Base))
}

func (s *Server) postBlueprintClose(ctx context.Context, in *struct {
	BlueprintPath
	Body BlueprintBase
}) (*reply[Blueprint], error) {
	return s.blueprint(ctx)(s.Blueprints.Close(ctx, actorOf(ctx), in.slug(), in.Body.Base))
}

func (s *Server) postBlueprintPreview(ctx context.Context, in *struct{ Body BlueprintText }) (*reply[PaperForecast], error) {
	preview, err := s.paperForecast(ctx, quizOf(in.Body))
	if err != nil {
		return nil, err
	}
	return ok(preview), nil
}

func (s *Server) postSamplePaper(_ context.Context, in *struct{ Body SampleRequest }) (*reply[SamplePaper], error) {
	drawn, err := assessment.Draw(s.Catalogue, quizOf(in.Body.Quiz), nil, in.Body.Seed)
	if err != nil {
		return nil, err
	}
	return ok(SamplePaper{Questions: listed(drawn, func(id question.ID) PaperQuestion {
		q, _ := s.Catalogue.Question(id)
		return paperQuestion(question.Show(q, in.Body.Seed))
	})}), nil
}

// blueprint gives the reply that shows an entry.
func (s *Server) blueprint(ctx context.Context) func(blueprint.Entry, error) (*reply[Blueprint], error) {
	return func(e blueprint.Entry, err error) (*reply[Blueprint], error) {
		if err != nil {
			return nil, err
		}
		preview, err := s.paperForecast(ctx, e.Quiz)
		if err != nil {
			return nil, err
		}
		return ok(Blueprint{BlueprintCard: s.blueprintCard(e), Revision: e.Revision, Quiz: blueprintText(e.Quiz), Preview: preview}), nil
	}
}

func (s *Server) paperForecast(ctx context.Context, q curriculum.Quiz) (PaperForecast, error) {
	forecast, err := s.Blueprints.Forecast(ctx, actorOf(ctx), q)
	if err != nil {
		return PaperForecast{}, err
	}
	overlap := blueprint.OverlapOf(s.Catalogue, q)
	return PaperForecast{
		Findings: listed(blueprint.Check(s.Catalogue, q), func(f blueprint.Finding) BlueprintFinding {
			return BlueprintFinding{Field: f.Field, Severity: string(f.Severity), Message: f.Message}
		}),
		Rules: listed(blueprint.Count(s.Catalogue, q), func(n blueprint.Tally) RuleTally { return RuleTally(n) }),
		Outcomes: listed(blueprint.Outcomes(s.Catalogue, q), func(o blueprint.OutcomeTally) OutcomeExpected {
			outcome, _ := s.Catalogue.OutcomeByID(o.Outcome)
			return OutcomeExpected{Outcome: string(o.Outcome), Text: outcome.Text, Expected: o.Expected}
		}),
		Shared: overlap.Shared, Repeated: overlap.Repeated,
		Forecast: QuizForecast{Questions: forecast.Questions, Score: forecast.Score, Minutes: forecast.Time.Minutes(), Known: forecast.Known},
	}, nil
}

func (s *Server) blueprintCard(e blueprint.Entry) BlueprintCard {
	return BlueprintCard{
		ID: string(e.Quiz.Slug), Title: e.Quiz.Title, Purpose: string(e.Quiz.Purpose), State: string(e.State), Ahead: e.Ahead(),
		Questions: quizLength(e.Quiz), OpensAt: e.Quiz.OpensAt, ClosesAt: e.Quiz.ClosesAt, ChangedAt: stamp(e.ChangedAt),
	}
}

func quizOf(t BlueprintText) curriculum.Quiz {
	return curriculum.Quiz{
		Title: t.Title, Module: curriculum.ModuleSlug(t.Module), Purpose: curriculum.Purpose(t.Purpose), PassMark: t.PassMark, Critical: t.Critical,
		TimeLimitMinutes: t.TimeLimitMinutes, Attempts: t.Attempts, DelayMinutes: t.DelayMinutes, OpensAt: t.OpensAt, ClosesAt: t.ClosesAt,
		Score: curriculum.FeedbackPoint(t.Shows.Score), Correctness: curriculum.FeedbackPoint(t.Shows.Correctness),
		Feedback: curriculum.FeedbackPoint(t.Shows.Feedback), Release: curriculum.FeedbackPoint(t.Shows.Answers),
		Rules: listed(t.Rules, func(r BlueprintRule) curriculum.Rule {
			return curriculum.Rule{
				Draw: r.Draw, Pool: question.Pool(r.Pool), Module: curriculum.ModuleSlug(r.Module), Lesson: curriculum.LessonSlug(r.Lesson),
				Outcome: curriculum.OutcomeID(r.Outcome), Difficulty: r.Difficulty, Tag: r.Tag, Kind: question.Kind(r.Kind), Questions: typed[question.ID](r.Questions),
			}
		}),
	}
}

func blueprintText(q curriculum.Quiz) BlueprintText {
	return BlueprintText{
		Title: q.Title, Module: string(q.Module), Purpose: string(q.Purpose), PassMark: q.PassMark, Critical: q.Critical,
		TimeLimitMinutes: q.TimeLimitMinutes, Attempts: q.Attempts, DelayMinutes: q.DelayMinutes, OpensAt: q.OpensAt, ClosesAt: q.ClosesAt,
		Shows: resultPoints(q),
		Rules: listed(q.Rules, func(r curriculum.Rule) BlueprintRule {
			return BlueprintRule{
				Draw: r.Draw, Pool: string(r.Pool), Module: string(r.Module), Lesson: string(r.Lesson), Outcome: string(r.Outcome),
				Difficulty: r.Difficulty, Tag: r.Tag, Kind: string(r.Kind), Questions: plain(r.Questions),
			}
		}),
	}
}

func resultPoints(q curriculum.Quiz) ResultPoints {
	shown := q.Shown()
	return ResultPoints{Score: string(shown.Score), Correctness: string(shown.Correctness), Feedback: string(shown.Feedback), Answers: string(shown.Key)}
}

func (s *Server) getOverrides(ctx context.Context, in *CohortPath) (*reply[OverrideList], error) {
	overrides, err := s.Cohorts.Overrides(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return ok(OverrideList{Items: listed(overrides, s.quizOverride)}), nil
}

func (s *Server) quizOverride(o cohort.Override) QuizOverride {
	quiz, _ := s.Catalogue.Quiz(o.Quiz)
	return QuizOverride{
		OverrideRequest: OverrideRequest{
			Quiz: string(o.Quiz), User: string(o.User), OpensAt: o.Policy.OpensAt, ClosesAt: o.Policy.ClosesAt,
			TimeLimitMinutes: o.Policy.TimeLimitMinutes, Attempts: o.Policy.Attempts, Reason: o.Reason,
		},
		QuizTitle: quiz.Title, SetAt: stamp(o.At),
	}
}

func (s *Server) putOverride(ctx context.Context, in *struct {
	CohortPath
	Body OverrideRequest
}) (*reply[OverrideList], error) {
	b := in.Body
	err := s.Cohorts.Override(ctx, actorOf(ctx), cohort.Override{
		Cohort: in.id(), User: identity.UserID(b.User), Quiz: curriculum.QuizSlug(b.Quiz), Reason: b.Reason,
		Policy: curriculum.Override{OpensAt: b.OpensAt, ClosesAt: b.ClosesAt, TimeLimitMinutes: b.TimeLimitMinutes, Attempts: b.Attempts},
	})
	if err != nil {
		return nil, err
	}
	return s.getOverrides(ctx, &in.CohortPath)
}

func (s *Server) deleteOverride(ctx context.Context, in *struct {
	CohortPath
	Quiz string `path:"quiz" maxLength:"200"`
	User string `query:"user" maxLength:"64" doc:"Empty for the exception of the whole cohort"`
}) (*reply[OverrideList], error) {
	err := s.Cohorts.RemoveOverride(ctx, actorOf(ctx), in.id(), identity.UserID(in.User), curriculum.QuizSlug(in.Quiz))
	if err != nil {
		return nil, err
	}
	return s.getOverrides(ctx, &in.CohortPath)
}
