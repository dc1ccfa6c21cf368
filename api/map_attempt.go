package api

import (
	"cmp"
	"encoding/json"
	"html"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// stamp writes a time, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func receipt(r assessment.Receipt) Receipt {
	return Receipt{Head: r.Head, Events: r.Events, Devices: r.Devices}
}

func (s *Server) attempt(in assessment.Sitting) Attempt {
	state := in.State
	out := Attempt{
		ID: string(state.ID), Quiz: s.takenCard(in), Status: string(state.Status), Number: state.Number,
		StartedAt: stamp(state.StartedAt), Deadline: stamp(state.Deadline), ServerNow: stamp(in.ServerNow),
		Questions: []PaperQuestion{}, Answers: map[string]json.RawMessage{}, Flags: []string{},
		Feedback: s.feedbacks(in.Feedback), Receipt: receipt(state.Receipt()),
	}
	for _, view := range in.Views {
		out.Questions = append(out.Questions, paperQuestion(view))
		if answer, ok := state.Answers[view.ID]; ok {
			out.Answers[string(view.ID)] = answer.Response
		}
		if state.Flags[view.ID] {
			out.Flags = append(out.Flags, string(view.ID))
		}
	}
	return out
}

// takenCard is the card of the quiz of an attempt; a review has its questions
// from the paper alone.
func (s *Server) takenCard(in assessment.Sitting) QuizCard {
	card := s.quizCard(in.Quiz)
	card.Questions = len(in.State.Paper)
	return card
}

func (s *Server) quizCard(q curriculum.Quiz) QuizCard {
	return catalogueView{s.Catalogue, nil}.quizCard(q)
}

func paperQuestion(v question.View) PaperQuestion {
	return PaperQuestion{
		ID: string(v.ID), Kind: string(v.Kind), StemHTML: curriculum.RenderInline(v.Stem), Unit: v.Unit, Blanks: v.Blanks, MaxWords: v.Words, Pictures: some(v.Pictures, pictureText),
		Options: choiceTexts(v.Options), Left: choiceTexts(v.Left), Right: choiceTexts(v.Right), Items: choiceTexts(v.Items),
	}
}

func choiceTexts(choices []question.Choice) []ChoiceText {
	var out []ChoiceText
	for _, c := range choices {
		out = append(out, ChoiceText{ID: string(c.ID), HTML: curriculum.RenderInline(c.Text)})
	}
	return out
}

func (s *Server) eventAck(ack assessment.Ack) EventAck {
	return EventAck{
		Acknowledged: plain(ack.Acknowledged),
		State: AttemptState{
			Status: string(ack.Status), Deadline: stamp(ack.Deadline), ServerNow: stamp(ack.ServerNow), Answered: ack.Answered,
		},
		Receipt: receipt(ack.Receipt), Feedback: s.feedbacks(ack.Feedback),
	}
}

func (s *Server) feedbacks(in map[question.ID]assessment.Feedback) map[string]QuestionFeedback {
	out := make(map[string]QuestionFeedback, len(in))
	for id, f := range in {
		out[string(id)] = s.feedback(f)
	}
	return out
}

// detailNames are the names of how much is shown.
var detailNames = map[assessment.Detail]string{
	assessment.NoDetail: "none", assessment.Correctness: "correctness", assessment.Reasons: "feedback", assessment.Keys: "key",
}

func (s *Server) feedback(f assessment.Feedback) QuestionFeedback {
	out := QuestionFeedback{
		Detail: detailNames[f.Detail], Fraction: f.Result.Fraction, Correct: f.Result.Correct, Critical: f.Question.Critical, CriticalFailure: f.Result.CriticalFailure,
		Parts: []FeedbackPart{}, Sources: []SectionNote{}, References: []Reference{}, Corrections: []Correction{},
	}
	for _, part := range f.Result.Parts {
		out.Parts = append(out.Parts, FeedbackPart{
			ID: part.ID, Chosen: part.Chosen, Right: part.Right,
			FeedbackHTML: curriculum.RenderInline(part.Feedback), Misconception: html.UnescapeString(part.Misconception),
		})
	}
	out.Awaiting, out.Comment = f.Result.Awaiting, f.Comment
	if f.Question.Kind.Marked() {
		out.Rubric, out.Parts = criterionMarks(f), []FeedbackPart{}
	}
	if f.Detail == assessment.Keys {
		s.addKey(&out, f.Question)
	}
	return out
}

// criterionMarks says what a marked essay got for each criterion.
func criterionMarks(f assessment.Feedback) []CriterionMark {
	var out []CriterionMark
	for i, part := range f.Result.Parts {
		c := f.Question.Rubric[i]
		out = append(out, CriterionMark{HTML: curriculum.RenderInline(c.Text), Points: part.Points, MaxPoints: c.Points})
	}
	return out
}

// addKey adds what explains a question.
func (s *Server) addKey(out *QuestionFeedback, q question.Question) {
	view, corrections := catalogueView{s.Catalogue, nil}, typed[curriculum.CorrectionID](q.Corrections)
	out.Key, out.KeyHTML, out.ExplanationHTML = question.Key(q), inline(question.KeyLines(q)), curriculum.RenderInline(q.Explanation)
	out.Review = s.reviewState(q)
	out.Sources, corrections = view.sections(typed[curriculum.CitationKey](q.Citations), corrections)
	out.References = view.references(typed[curriculum.ReferenceID](q.References))
	out.Corrections = view.corrections(unique(corrections))
}

// reviewState says whether the version of a question that was drawn is approved.
func (s *Server) reviewState(q question.Question) string {
	approved := s.approved.Load()
	_, version, err := question.Encode(q)
	if err != nil || s.Catalogue.QuestionVersion(q.ID) != version {
		return string(q.Review)
	}
	return approved.state(curriculum.SubjectID(q.ID), q.Review)
}

func typed[T ~string](list []string) []T {
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = T(s)
	}
	return out
}

func (s *Server) result(in assessment.Outcome) Result {
	g, state := in.Grade, in.State
	reason := g.Reason
	if g.Ruling != "" && in.Detail < assessment.Keys { // a trainer's words about the key
		reason = "ruling"
	}
	out := Result{
		Attempt: string(state.ID), Quiz: s.takenCard(in.Sitting), Status: string(state.Status),
		Awaiting: g.Awaiting(), MaxPoints: g.MaxPoints, PassMark: in.Quiz.PassMark,
		CriticalFailures: []string{}, StartedAt: stamp(state.StartedAt), EndedAt: stamp(state.EndedAt),
		LateSync: state.LateSync, Released: in.Released(), Detail: detailNames[in.Detail], Questions: []ResultQuestion{}, StudyNext: []StudyNext{},
		Receipt: receipt(state.Receipt()), Grade: GradeNote{Number: g.Number, Reason: reason},
	}
	if in.Scored {
		score := g.Score()
		out.Score, out.Points, out.Passed, out.StudyNext = &score, &g.Points, &g.Passed, s.studyNext(g)
	}
	if in.Detail >= assessment.Correctness { // else it would tell which questions are critical
		out.CriticalFailures = plain(g.CriticalFailures)
	}
	for _, view := range in.Views {
		item := ResultQuestion{Question: paperQuestion(view), Response: state.Answers[view.ID].Response, Flagged: state.Flags[view.ID], Void: g.Voided(view.ID)}
		if f, ok := in.Feedback[view.ID]; ok {
			feedback := s.feedback(f)
			item.Feedback = &feedback
		}
		out.Questions = append(out.Questions, item)
	}
	return out
}

// studyNext counts the questions that were not wholly right by the lesson that
// teaches them: lessons whose red line was crossed first, then those with the
// most, then in the order of the curriculum.
func (s *Server) studyNext(g assessment.Grade) []StudyNext {
	type lessonKey struct{ module, lesson string }
	wrong, crossed := make(map[lessonKey]int), make(map[lessonKey]int)
	for _, item := range g.Items {
		lesson, ok := s.Catalogue.LessonOf(item.Question)
		if item.Correct || item.Void || !ok {
			continue
		}
		key := lessonKey{string(lesson.Module), string(lesson.Slug)}
		wrong[key]++
		if item.Critical {
			crossed[key] = 1
		}
	}
	out := []StudyNext{}
	for _, m := range s.Catalogue.Modules {
		for _, l := range m.Lessons {
			if n := wrong[lessonKey{string(m.Slug), string(l.Slug)}]; n > 0 {
				out = append(out, StudyNext{Module: string(m.Slug), Lesson: string(l.Slug), Title: l.Title, Wrong: n})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b StudyNext) int {
		return cmp.Or(crossed[lessonKey{b.Module, b.Lesson}]-crossed[lessonKey{a.Module, a.Lesson}], b.Wrong-a.Wrong)
	})
	return out
}
