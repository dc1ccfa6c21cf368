package curriculum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/question"
)

const (
	scenario = "modules/01-first/scenarios/basics.yaml"
	figure   = "modules/01-first/figures/steps.yaml"
)

func TestScenarioLeadsOn(t *testing.T) {
	t.Parallel()
	c, findings, err := curriculum.Read(small(t))
	if err != nil || len(findings) > 0 {
		t.Fatalf("Read: %v, %v", findings, err)
	}
	l, _ := c.Lesson("first", "basics")
	var nodes []question.ID
	for _, n := range l.Scenario.Nodes {
		nodes = append(nodes, n.ID)
	}
	want := []question.ID{"first.basics.scenario-car", "first.basics.scenario-good", "first.basics.scenario-stopped", "first.basics.scenario-bad"}
	if diff := cmp.Diff(want, nodes); diff != "" {
		t.Errorf("nodes, the first is the start (-want +got):\n%s", diff)
	}
	quiz, ok := c.Quiz("first.basics.scenario")
	if !ok || quiz.Purpose != curriculum.PurposeScenario {
		t.Fatalf("Quiz = %+v, %v", quiz, ok)
	}
	if diff := cmp.Diff([]question.ID{want[0], want[2]}, quiz.Rules[0].Questions); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	first, _ := c.Question(want[0])
	if next := question.Next(first, []byte(`{"choice":"`+string(first.Options[0].ID)+`"}`)); next != want[2] {
		t.Errorf("Next = %q, want %q", next, want[2])
	}
	if next := question.Next(first, []byte(`{}`)); next != "" {
		t.Errorf("Next without a choice = %q", next)
	}
}

func TestScenarioFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		old, new string
		want     []string
	}{
		{"a choice into nothing", "next: stopped}", "next: nowhere}", []string{
			scenario + ":9: error: no path leads to good",
			scenario + ":12: error: choice 1 leads to \"nowhere\", which does not exist",
			scenario + ":18: error: no path leads to stopped",
		}},
		{"a circle", "next: good}", "next: car}", []string{
			scenario + ":9: error: no path leads to good",
			scenario + ":12: error: the story comes back to car: a path must not run in a circle",
		}},
		{"two best choices", "grade: 1, consequence: He is afraid., misconception: Words cost time.", "grade: 3, consequence: He is afraid.", []string{
			scenario + ":18: error: must have exactly one choice of grade 3, has 2",
		}},
		{"a poor choice without its misconception", ", misconception: Speed is intent.", "", []string{
			scenario + ":12: error: choice 2: a misconception belongs to the grades 0 and 1, and only to them",
		}},
		{"a start that is no node", "start: car", "start: cars", []string{
			scenario + ":1: error: start is \"cars\", which is not a node",
			scenario + ":12: error: no path leads to car",
			scenario + ":18: error: no path leads to stopped",
			scenario + ":23: error: no path leads to bad",
		}},
		{"an ending with choices", "    ending: bad\n", "    ending: bad\n    choices: [{text: Stay, grade: 3, consequence: No., next: good}]\n", []string{
			scenario + ":23: error: an ending has no choices",
		}},
		{"a start that decides nothing", "start: car", "start: good", []string{
			scenario + ":1: error: start is \"good\", which is an ending: nothing would be decided",
			scenario + ":12: error: no path leads to car",
			scenario + ":18: error: no path leads to stopped",
			scenario + ":23: error: no path leads to bad",
		}},
		{"an unknown lesson", "lesson: basics", "lesson: other", []string{
			scenario + `:1: error: lesson is "other", but the file is named "basics"`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := curriculum.Read(small(t, edit{scenario, tt.old, tt.new}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		old, new string
		want     []string
	}{
		{"sound", "kind: chain", "kind: ladder", nil},
		{"an unknown kind", "kind: chain", "kind: pie", []string{figure + `:1: error: kind is "pie", must be timeline, chain, ladder, grid or hub`}},
		{"a timeline needs times", "kind: chain", "kind: timeline", []string{figure + ":6: error: when is missing", figure + ":7: error: when is missing"}},
		{"a grid needs columns and cells", "kind: chain", "kind: grid\ncorner: Row\ncolumns: [A]", []string{
			figure + ":8: error: cells: 0 are given for 1 columns", figure + ":9: error: cells: 0 are given for 1 columns",
		}},
		{"another name", "slug: steps", "slug: stairs", []string{
			figure + `:1: error: slug is "stairs", but the file is named "steps"`,
			lesson + ":59: error: figure:steps is not a figure of this module",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, findings, err := curriculum.Read(small(t, edit{figure, tt.old, tt.new}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			l, _ := c.Lesson("first", "basics")
			figures := 0
			for _, b := range l.Blocks {
				if b.Kind == "figure" {
					figures++
				}
			}
			if figures != 1 {
				t.Errorf("the lesson has %d figures, want 1", figures)
			}
		})
	}
}
