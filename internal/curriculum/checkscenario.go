package curriculum

import (
	"slices"
	"strings"

	"muster/internal/question"
)

// Bounds of a scenario; to leave them is a warning.
const (
	leastNodes        = 4
	mostNodes         = 8
	leastDebriefWords = 60
)

// checkScenario checks that a lesson's scenario is whole, and that every path
// through it comes to an ending.
func (r *reader) checkScenario(l Lesson) {
	if l.Scenario == nil {
		return
	}
	s := *l.Scenario
	p := r.places[s.Quiz.Slug]
	r.id(p, s.Slug)
	for field, text := range map[string]string{"title": s.Title, "setting": s.Setting, "debrief": s.Debrief} {
		r.required(p, field, text)
	}
	if s.Minutes < 1 {
		r.errorf(p, "minutes is missing")
	}
	if len(s.Citations)+len(s.References) == 0 {
		r.errorf(p, "citations or references: at least one is needed")
	}
	r.reviewed(p, s.Review)
	known(&r.ledger, p, "citations", s.Citations)
	known(&r.ledger, p, "references", s.References)
	known(&r.ledger, p, "corrections", s.Corrections)
	if n := words(s.Debrief); n < leastDebriefWords {
		r.warnf(p, "the debrief has %d words, should have %d", n, leastDebriefWords)
	}
	if n := len(s.Nodes); n < leastNodes || n > mostNodes {
		r.warnf(p, "the scenario has %d nodes, should have %d to %d", n, leastNodes, mostNodes)
	}
	for _, node := range s.Nodes {
		r.checkNode(r.places[node.ID], s, node)
	}
	r.checkPaths(s)
}

func (r *reader) checkNode(p place, s Scenario, node Node) {
	r.id(p, nodeName(node.ID))
	r.required(p, "text", node.Text)
	options := node.Decision.Options
	if node.Ending != "" {
		oneOf(&r.ledger, p, "ending", node.Ending, "good", "mixed", "bad")
		if len(options) > 0 {
			r.errorf(p, "an ending has no choices")
		}
		return
	}
	if len(options) < 2 || len(options) > 4 {
		r.errorf(p, "choices: 2 to 4 are needed, or an ending")
	}
	best := 0
	for i, o := range options {
		if o.Text == "" || o.Feedback == "" {
			r.errorf(p, "choice %d needs a text and a consequence", i+1)
		}
		if o.Grade < 0 || o.Grade > 3 {
			r.errorf(p, "choice %d has the grade %d, must be 0 to 3", i+1, o.Grade)
		}
		if (o.Grade < 2) != (o.Misconception != "") {
			r.errorf(p, "choice %d: a misconception belongs to the grades 0 and 1, and only to them", i+1)
		}
		if o.Grade == 3 {
			best++
		}
		if !slices.ContainsFunc(s.Nodes, func(n Node) bool { return n.ID == o.Next }) {
			r.errorf(p, "choice %d leads to %q, which does not exist", i+1, nodeName(o.Next))
		}
	}
	if best != 1 {
		r.errorf(p, "must have exactly one choice of grade 3, has %d", best)
	}
}

// nodeName gives the id of a node as its author wrote it.
func nodeName(id question.ID) string { return strings.TrimPrefix(local(id), "scenario-") }

// checkPaths walks every path: none may come back to where it was, and every
// node must be on one.
func (r *reader) checkPaths(s Scenario) {
	if len(s.Nodes) == 0 {
		return
	}
	nodes := map[question.ID]Node{}
	for _, node := range s.Nodes {
		nodes[node.ID] = node
	}
	done, walking := map[question.ID]bool{}, map[question.ID]bool{}
	var walk func(id question.ID)
	walk = func(id question.ID) {
		if walking[id] {
			r.errorf(r.places[id], "the story comes back to %s: a path must not run in a circle", nodeName(id))
			return
		}
		if done[id] {
			return
		}
		walking[id] = true
		for _, o := range nodes[id].Decision.Options {
			walk(o.Next)
		}
		walking[id], done[id] = false, true
	}
	walk(s.Nodes[0].ID)
	for _, node := range s.Nodes {
		if !done[node.ID] {
			r.errorf(r.places[node.ID], "no path leads to %s", nodeName(node.ID))
		}
	}
}
