package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/assessment"
	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/question"
	"muster/internal/review"
)

// questionBody bounds a body that holds a question, bulkBody one that names many.
const (
	questionBody = 256 << 10
	bulkBody     = 512 << 10
)

// bankRoutes are the addresses of the question bank.
func (s *Server) bankRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/questions", "questions", "The questions of the bank that fit", reviewer), s.getQuestions)
	handle(s, api, takes(questionBody, creates(s.operation(http.MethodPost, "/questions", "addQuestion", "Keep a new question as a draft; the same text is kept once", reviewer))), s.postQuestion)
	handle(s, api, s.operation(http.MethodGet, "/questions/{question}", "question", "A question of the bank, with its key and where it stands", reviewer), s.getQuestion)
	handle(s, api, takes(questionBody, s.operation(http.MethodPut, "/questions/{question}", "changeQuestion", "Keep another version of a question, or other tags", reviewer)), s.putQuestion)
	handle(s, api, s.operation(http.MethodGet, "/questions/{question}/versions", "questionHistory", "The versions of a question and the changes of its state", reviewer), s.getQuestionHistory)
	handle(s, api, s.operation(http.MethodGet, "/questions/{question}/versions/{version}", "questionVersion", "A question as it was in a version", reviewer), s.getQuestionVersion)
	handle(s, api, s.operation(http.MethodPost, "/questions/{question}/state", "moveQuestion", "Send a question to review, approve it, retire it or take it back", reviewer), s.postQuestionState)
	handle(s, api, s.operation(http.MethodPost, "/questions/{question}/confirm", "confirmQuestion", "Say that a question still answers to its passage", reviewer), s.postQuestionConfirm)
	handle(s, api, s.operation(http.MethodGet, "/questions/{question}/comments", "questionComments", "What trainers remarked on a question", reviewer), s.getQuestionComments)
	handle(s, api, takes(questionBody, s.operation(http.MethodPost, "/questions/{question}/comments", "commentOnQuestion", "Remark something on a question", reviewer)), s.postQuestionComment)
	handle(s, api, takes(bulkBody, s.operation(http.MethodPost, "/question-changes", "changeQuestions", "Do the same to many questions, to each that allows it", reviewer)), s.postQuestionChanges)
	handle(s, api, takes(questionBody, s.operation(http.MethodPost, "/question-previews", "previewQuestion", "A question exactly as a trainee gets it, before it is kept", reviewer)), s.postQuestionPreview)
	handle(s, api, takes(questionBody, s.operation(http.MethodPost, "/question-trials", "tryQuestion", "What a trainee would see after a response to a question", reviewer)), s.postQuestionTrial)
}

// QuestionPath names a question of the bank.
type QuestionPath struct {
	Question string `path:"question" maxLength:"200"`
}

func (p QuestionPath) id() question.ID { return question.ID(p.Question) }

// QuestionVersionPath names a version of a question.
type QuestionVersionPath struct {
	QuestionPath
	Version string `path:"version" maxLength:"64"`
}

func (s *Server) getQuestions(ctx context.Context, in *struct {
	Search     string `query:"search" maxLength:"400" doc:"Words that are all in its texts or its id"`
	State      string `query:"state" enum:"draft,review,approved,retired"`
	Pool       string `query:"pool" enum:"practice,exam"`
	Kind       string `query:"kind" maxLength:"20"`
	Module     string `query:"module" maxLength:"200"`
	Lesson     string `query:"lesson" maxLength:"200"`
	Outcome    string `query:"outcome" maxLength:"300"`
	Tag        string `query:"tag" maxLength:"200"`
	Difficulty int    `query:"difficulty" minimum:"1" maximum:"3"`
	Stale      string `query:"stale" enum:"yes,no"`
	Origin     string `query:"origin" enum:"content,authored"`
	Document   string `query:"document" maxLength:"200" doc:"That an anchor names"`
	Sort       string `query:"sort" enum:"-changed,changed,id,-id,difficulty,-difficulty,state,-state,kind,-kind,pool,-pool" default:"-changed"`
	Limit      int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor     string `query:"cursor" maxLength:"600" doc:"As the page before gave it"`
}) (*reply[BankList], error) {
	f := QuestionFilter{
		Search: in.Search, State: in.State, Pool: in.Pool, Kind: in.Kind, Module: in.Module, Lesson: in.Lesson, Outcome: in.Outcome,
		Tag: in.Tag, Difficulty: in.Difficulty, Stale: in.Stale, Origin: in.Origin, Document: in.Document,
	}.filter()
	f.Sort, f.Limit, f.Cursor = bank.Sort(in.Sort), in.Limit, in.Cursor
	page, err := s.Bank.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	return ok(BankList{Items: listed(page.Entries, s.bankItem), Total: page.Total, Next: page.Next}), nil
}

func (s *Server) postQuestion(ctx context.Context, in *struct{ Body NewBankQuestion }) (*reply[BankQuestion], error) {
	given := bank.NewQuestion{Question: in.Body.Question.question(), Tags: in.Body.Tags, Note: in.Body.Note}
	added, err := s.Bank.Add(ctx, actorOf(ctx), []bank.NewQuestion{given})
	if err != nil {
		return nil, err
	}
	if added[0].Err != nil {
		return nil, added[0].Err
	}
	return s.entry(ctx)(s.Bank.Entry(ctx, actorOf(ctx), added[0].ID))
}

func (s *Server) getQuestion(ctx context.Context, in *QuestionPath) (*reply[BankQuestion], error) {
	return s.entry(ctx)(s.Bank.Entry(ctx, actorOf(ctx), in.id()))
}

func (s *Server) putQuestion(ctx context.Context, in *struct {
	QuestionPath
	Body QuestionEdit
}) (*reply[BankQuestion], error) {
	return s.entry(ctx)(s.Bank.Edit(ctx, actorOf(ctx), in.id(), bank.Edit{
		Question: in.Body.Question.question(), Tags: in.Body.Tags, Base: question.Version(in.Body.BaseVersion), Note: in.Body.Note,
	}))
}

func (s *Server) getQuestionHistory(ctx context.Context, in *QuestionPath) (*reply[QuestionHistory], error) {
	history, err := s.Bank.History(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return ok(questionHistory(history)), nil
}

func (s *Server) getQuestionVersion(ctx context.Context, in *QuestionVersionPath) (*reply[VersionText], error) {
	q, err := s.Bank.Text(ctx, actorOf(ctx), in.id(), question.Version(in.Version))
	if err != nil {
		return nil, err
	}
	return ok(VersionText{Version: in.Version, Question: questionText(q)}), nil
}

func (s *Server) postQuestionState(ctx context.Context, in *struct {
	QuestionPath
	Body QuestionMove
}) (*reply[BankQuestion], error) {
	return s.entry(ctx)(s.Bank.Move(ctx, actorOf(ctx), in.id(), bank.To{
		State: bank.State(in.Body.State), Version: question.Version(in.Body.Version), Note: in.Body.Note,
	}))
}

func (s *Server) postQuestionConfirm(ctx context.Context, in *QuestionPath) (*reply[BankQuestion], error) {
	return s.entry(ctx)(s.Bank.Confirm(ctx, actorOf(ctx), in.id()))
}

// entry answers with a question as it is now.
func (s *Server) entry(ctx context.Context) func(bank.Entry, error) (*reply[BankQuestion], error) {
	return func(e bank.Entry, err error) (*reply[BankQuestion], error) {
		if err != nil {
			return nil, err
		}
		findings, err := s.Bank.Findings(ctx, e.Question)
		if err != nil {
			return nil, err
		}
		return ok(s.bankQuestion(actorOf(ctx), e, findings)), nil
	}
}

func (s *Server) getQuestionComments(ctx context.Context, in *QuestionPath) (*reply[QuestionComments], error) {
	subject, err := s.Bank.Subject(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	standing, err := s.Review.StandingOf(ctx, subject)
	if err != nil {
		return nil, err
	}
	return ok(questionComments(subject.Version, standing)), nil
}

func (s *Server) postQuestionComment(ctx context.Context, in *struct {
	QuestionPath
	Body QuestionComment
}) (*reply[QuestionComments], error) {
	subject, err := s.Bank.Subject(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	standing, err := s.Review.RemarkOn(ctx, actorOf(ctx), subject, review.Remark{
		Version: in.Body.Version, Verdict: review.Comment, Quote: in.Body.Quote, Text: in.Body.Text,
	})
	if err != nil {
		return nil, err
	}
	return ok(questionComments(subject.Version, standing)), nil
}

func questionComments(version string, st review.Standing) QuestionComments {
	return QuestionComments{Version: version, Comments: remarks(st.Comments), Earlier: remarks(st.Earlier)}
}

func (s *Server) postQuestionChanges(ctx context.Context, in *struct{ Body QuestionChanges }) (*reply[QuestionOutcomes], error) {
	ids := typed[question.ID](in.Body.Questions)
	if in.Body.Filter != nil {
		fitting, err := s.Bank.Fitting(ctx, in.Body.Filter.filter())
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			fitting = slices.DeleteFunc(fitting, func(id question.ID) bool { return !slices.Contains(ids, id) })
		}
		ids = fitting
	}
	done, err := s.Bank.Many(ctx, actorOf(ctx), ids, bank.Action(in.Body.Action), in.Body.Value)
	if err != nil {
		return nil, err
	}
	return ok(questionOutcomes(done)), nil
}

// unkept is the id of a question that is only looked at.
const unkept question.ID = "bank.preview"

// unkeptQuestion gives the parts of what an author wrote their ids.
func unkeptQuestion(t QuestionText) question.Question {
	q := t.question()
	q.ID = unkept
	question.Identify(&q)
	return q
}

func (s *Server) postQuestionPreview(ctx context.Context, in *struct{ Body PreviewRequest }) (*reply[QuestionPreview], error) {
	q := unkeptQuestion(in.Body.Question)
	findings, err := s.Bank.Findings(ctx, bank.Completed(q))
	if err != nil {
		return nil, err
	}
	return ok(QuestionPreview{Item: paperQuestion(question.Show(q, 0)), Findings: listed(findings, questionFinding)}), nil
}

func (s *Server) postQuestionTrial(_ context.Context, in *struct{ Body TrialRequest }) (*reply[ResultQuestion], error) {
	q := unkeptQuestion(in.Body.Question)
	if !question.HasKey(q) {
		return nil, errs.InvalidField("question", "The question has no key yet: say which answer is right.")
	}
	if _, err := question.ParseResponse(q, in.Body.Response); err != nil {
		return nil, errs.InvalidField("response", "The response does not fit the question.")
	}
	feedback := s.feedback(assessment.Explain(q, in.Body.Response))
	return ok(ResultQuestion{Question: paperQuestion(question.Show(q, 0)), Response: in.Body.Response, Feedback: &feedback}), nil
}
