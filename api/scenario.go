package api

import "muster/internal/curriculum"

// Scenario is a branching story of graded decisions, whole: its purpose is to
// be explored, so nothing of it is kept back.
type Scenario struct {
	Module      string         `json:"module"`
	Lesson      string         `json:"lesson"`
	LessonTitle string         `json:"lesson_title"`
	Title       string         `json:"title"`
	Minutes     int            `json:"minutes"`
	Review      string         `json:"review" enum:"unreviewed,approved"`
	Quiz        string         `json:"quiz" doc:"The quiz under which decisions are answered"`
	SettingHTML string         `json:"setting_html" doc:"Sanitised"`
	Nodes       []ScenarioNode `json:"nodes" doc:"The first is where the story starts"`
	DebriefHTML string         `json:"debrief_html" doc:"Sanitised"`
	Sources     []SectionNote  `json:"sources"`
	References  []Reference    `json:"references"`
	Corrections []Correction   `json:"corrections"`
}

// ScenarioNode is a decision, which is answered as the question of the same id,
// or an ending.
type ScenarioNode struct {
	ID       string           `json:"id"`
	TextHTML string           `json:"text_html" doc:"Sanitised"`
	Ending   string           `json:"ending,omitempty" enum:"good,mixed,bad"`
	Choices  []ScenarioChoice `json:"choices"`
}

// ScenarioChoice is one way to decide and what follows from it.
type ScenarioChoice struct {
	ID              string `json:"id" doc:"Option id of the question"`
	HTML            string `json:"html" doc:"Sanitised"`
	Grade           int    `json:"grade" minimum:"0" maximum:"3" doc:"3 best, 2 acceptable, 1 poor, 0 harmful"`
	ConsequenceHTML string `json:"consequence_html" doc:"Sanitised"`
	Misconception   string `json:"misconception,omitempty"`
	Next            string `json:"next" doc:"Id of the node it leads to"`
}

// ScenarioCard is a scenario on the page of its lesson.
type ScenarioCard struct {
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`
	Quiz    string `json:"quiz"`
}

func scenarioCard(s *curriculum.Scenario) *ScenarioCard {
	if s == nil {
		return nil
	}
	return &ScenarioCard{Title: s.Title, Minutes: s.Minutes, Quiz: string(s.Quiz.Slug)}
}

func (v catalogueView) scenario(l curriculum.Lesson) Scenario {
	s := l.Scenario
	out := Scenario{
		Module: string(l.Module), Lesson: string(l.Slug), LessonTitle: l.Title, Title: s.Title, Minutes: s.Minutes,
		Review: v.approved.state(curriculum.SubjectID(s.Quiz.Slug), s.Review), Quiz: string(s.Quiz.Slug), Nodes: []ScenarioNode{},
		SettingHTML: curriculum.RenderInline(s.Setting), DebriefHTML: curriculum.RenderInline(s.Debrief),
	}
	for _, node := range s.Nodes {
		shown := ScenarioNode{
			ID: string(node.ID), TextHTML: curriculum.RenderInline(node.Text), Ending: node.Ending, Choices: []ScenarioChoice{},
		}
		for _, o := range node.Decision.Options {
			shown.Choices = append(shown.Choices, ScenarioChoice{
				ID: string(o.ID), HTML: curriculum.RenderInline(o.Text), Grade: o.Grade, Misconception: o.Misconception,
				ConsequenceHTML: curriculum.RenderInline(o.Feedback), Next: string(o.Next),
			})
		}
		out.Nodes = append(out.Nodes, shown)
	}
	notes, corrections := v.sections(s.Citations, s.Corrections)
	out.Sources, out.References, out.Corrections = notes, v.references(s.References), v.corrections(unique(corrections))
	return out
}
