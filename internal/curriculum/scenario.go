package curriculum

import (
	"errors"
	"io/fs"
	"slices"

	"muster/internal/question"

	"github.com/goccy/go-yaml/ast"
)

// Scenario is a branching story of decisions. Each decision is a question of
// kind judgement whose options lead on, so that it is answered, logged and
// graded like any other; of the grade only the path taken counts.
type Scenario struct {
	Slug        string
	Title       string
	Minutes     int
	Setting     string
	Nodes       []Node // the first is where the story starts
	Debrief     string
	Citations   []CitationKey
	References  []ReferenceID
	Corrections []CorrectionID
	Version     string // of the file: same bytes, same version
	Review      question.ReviewState
	Quiz        Quiz // all decisions, the first at the front
}

// Node is a moment of a scenario: a decision or an ending.
type Node struct {
	ID       question.ID // of the decision too
	Text     string
	Ending   string            // good, mixed or bad; "" where a decision is to be made
	Decision question.Question // each option's Feedback is the consequence of choosing it, Next the node it leads to
}

// scenarioDocument is the scenario of one lesson.
type scenarioDocument struct {
	Lesson      LessonSlug           `yaml:"lesson"`
	Slug        string               `yaml:"slug"`
	Title       string               `yaml:"title"`
	Review      question.ReviewState `yaml:"review"`
	Minutes     int                  `yaml:"minutes"`
	Setting     string               `yaml:"setting"`
	Start       string               `yaml:"start"`
	Nodes       []ast.Node           `yaml:"nodes"`
	Debrief     string               `yaml:"debrief"`
	Citations   []CitationKey        `yaml:"citations"`
	References  []ReferenceID        `yaml:"references"`
	Corrections []CorrectionID       `yaml:"corrections"`
}

type nodeDocument struct {
	ID       string           `yaml:"id"`
	Text     string           `yaml:"text"`
	Critical bool             `yaml:"critical"`
	Choices  []choiceDocument `yaml:"choices"`
	Ending   string           `yaml:"ending"`
}

type choiceDocument struct {
	Text          string `yaml:"text"`
	Grade         int    `yaml:"grade"`
	Consequence   string `yaml:"consequence"`
	Misconception string `yaml:"misconception"`
	Next          string `yaml:"next"`
}

// nodeID names a node among all questions.
func (l *Lesson) nodeID(local string) question.ID {
	return question.ID(string(keyOf(l.Module, l.Slug)) + ".scenario-" + local)
}

// scenario reads the scenario of a lesson where there is one.
func (r *reader) scenario(file string, lesson *Lesson) error {
	var doc scenarioDocument
	text, at, ok, err := r.document(file, &doc)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !ok {
		return err
	}
	if doc.Lesson != lesson.Slug {
		r.errorf(at, "lesson is %q, but the file is named %q", doc.Lesson, lesson.Slug)
	}
	s := Scenario{
		Slug: doc.Slug, Title: doc.Title, Minutes: doc.Minutes, Setting: doc.Setting, Debrief: doc.Debrief,
		Citations: doc.Citations, References: doc.References, Corrections: doc.Corrections, Review: doc.Review,
		Version: versionOf(text),
	}
	for _, e := range decodeEach[nodeDocument](&r.ledger, file, doc.Nodes) {
		r.define(lesson.nodeID(e.value.ID), e.place)
		s.Nodes = append(s.Nodes, lesson.node(e.value, s))
	}
	if !s.startAt(lesson.nodeID(doc.Start)) {
		r.errorf(at, "start is %q, which is not a node", doc.Start)
	} else if s.Nodes[0].Ending != "" {
		r.errorf(at, "start is %q, which is an ending: nothing would be decided", doc.Start)
	}
	s.Quiz = scenarioQuiz(*lesson, s)
	r.define(s.Quiz.Slug, at)
	lesson.Scenario = &s
	return nil
}

func (l *Lesson) node(doc nodeDocument, s Scenario) Node {
	node := Node{ID: l.nodeID(doc.ID), Text: doc.Text, Ending: doc.Ending}
	if len(doc.Choices) == 0 {
		return node
	}
	q := question.Question{
		ID: node.ID, Pool: question.Decisions, Kind: question.Judgement, Critical: doc.Critical,
		Bloom: "evaluate", Difficulty: 2, Stem: doc.Text, Explanation: s.Debrief,
		Citations: texts(s.Citations), References: texts(s.References), Corrections: texts(s.Corrections), Review: s.Review,
	}
	for _, c := range doc.Choices {
		q.Options = append(q.Options, question.Option{
			Text: c.Text, Grade: c.Grade, Misconception: c.Misconception, Feedback: c.Consequence,
			Next: l.nodeID(c.Next),
		})
	}
	question.Identify(&q)
	node.Decision = q
	return node
}

// startAt puts the node where the story starts first, and says whether it exists.
func (s *Scenario) startAt(id question.ID) bool {
	i := slices.IndexFunc(s.Nodes, func(n Node) bool { return n.ID == id })
	if i < 0 {
		return false
	}
	first := s.Nodes[i]
	copy(s.Nodes[1:i+1], s.Nodes[:i])
	s.Nodes[0] = first
	return true
}

func (s *Scenario) decisions() []question.Question {
	var all []question.Question
	for _, node := range s.Nodes {
		if node.Ending == "" {
			all = append(all, node.Decision)
		}
	}
	return all
}

func scenarioQuiz(l Lesson, s Scenario) Quiz {
	var ids []question.ID
	for _, q := range s.decisions() {
		ids = append(ids, q.ID)
	}
	return Quiz{
		Slug: QuizSlug(string(keyOf(l.Module, l.Slug)) + ".scenario"), Module: l.Module, Lesson: l.Slug,
		Title: s.Title, Purpose: PurposeScenario, PassMark: scenarioPassMark, Critical: true, Release: ReleaseImmediate,
		Rules: []Rule{{Questions: ids}},
	}
}

// scenarioPassMark is acceptable decisions on the average: two of three points each.
const scenarioPassMark = 0.66

func texts[T ~string](ids []T) []string {
	var all []string
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}
