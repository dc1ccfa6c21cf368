package assessment_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// TestScenarioCountsThePathAlone walks every path of every scenario of the real
// content: each comes to an ending, and its grade is the mean of its choices.
func TestScenarioCountsThePathAlone(t *testing.T) {
	t.Parallel()
	c := content(t)
	scenarios := 0
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			if l.Scenario != nil {
				scenarios++
				w := walker{t: t, c: c, quiz: l.Scenario.Quiz, nodes: map[question.ID]curriculum.Node{}}
				w.walkAll(l.Scenario.Nodes)
			}
		}
	}
	if scenarios == 0 {
		t.Error("the content has no scenario: nothing was walked")
	}
}

type walker struct {
	t     *testing.T
	c     *curriculum.Catalogue
	quiz  curriculum.Quiz
	paper *assessment.Paper
	nodes map[question.ID]curriculum.Node
}

func (w *walker) walkAll(nodes []curriculum.Node) {
	drawn, err := assessment.Draw(w.c, w.quiz, nil, 7)
	if err != nil {
		w.t.Fatalf("%s: %v", w.quiz.Slug, err)
	}
	w.paper = &assessment.Paper{Quiz: w.quiz, Questions: map[question.ID]question.Question{}}
	for _, id := range drawn {
		q, _ := w.c.Question(id)
		w.paper.Items = append(w.paper.Items, assessment.PaperItem{Question: id, Version: w.c.QuestionVersion(id)})
		w.paper.Questions[id] = q
	}
	for _, node := range nodes {
		w.nodes[node.ID] = node
	}
	w.walk(nodes[0].ID, map[question.ID]assessment.Answer{}, nil, 0)
}

func (w *walker) walk(at question.ID, answers map[question.ID]assessment.Answer, path []question.ID, grades int) {
	node, ok := w.nodes[at]
	if !ok {
		w.t.Fatalf("%s: %v leads to %q, which does not exist", w.quiz.Slug, path, at)
	}
	if node.Ending != "" {
		w.graded(answers, path, grades)
		return
	}
	for _, o := range node.Decision.Options {
		answers[at] = assessment.Answer{Response: json.RawMessage(`{"choice":"` + string(o.ID) + `"}`)}
		w.walk(o.Next, answers, append(path[:len(path):len(path)], at), grades+o.Grade)
		delete(answers, at)
	}
}

func (w *walker) graded(answers map[question.ID]assessment.Answer, path []question.ID, grades int) {
	g := assessment.Judge(&assessment.State{Answers: answers}, w.paper)
	var counted []question.ID
	for _, item := range g.Items {
		counted = append(counted, item.Question)
	}
	if diff := cmp.Diff(path, counted); diff != "" {
		w.t.Errorf("%s: decisions that count (-path +counted):\n%s", w.quiz.Slug, diff)
	}
	want := float64(grades) / float64(3*len(path))
	if diff := g.Score() - want; diff > 1e-9 || diff < -1e-9 {
		w.t.Errorf("%s %v: score %v, want %v", w.quiz.Slug, path, g.Score(), want)
	}
}
