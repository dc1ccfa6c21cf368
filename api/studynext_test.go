package api

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// TestStudyNext: a lesson whose red line was crossed comes first, then the one
// with most that was not right, then the curriculum's order.
func TestStudyNext(t *testing.T) {
	t.Parallel()
	c := &curriculum.Catalogue{Modules: []curriculum.Module{{Slug: "m"}}}
	for _, slug := range []curriculum.LessonSlug{"a", "b", "c", "d", "e"} {
		c.Modules[0].Lessons = append(c.Modules[0].Lessons, curriculum.Lesson{Module: "m", Slug: slug, Title: "Lesson " + string(slug), Questions: []question.Question{
			{ID: question.ID("m." + slug + ".x1")}, {ID: question.ID("m." + slug + ".x2")},
		}})
	}
	item := func(id question.ID, correct, critical bool) assessment.ItemGrade {
		return assessment.ItemGrade{Question: id, Correct: correct, Critical: critical}
	}
	g := assessment.Grade{Items: []assessment.ItemGrade{
		item("m.c.x1", false, false), item("m.b.x1", false, false), item("m.e.x1", false, false), item("m.e.x2", false, false),
		item("m.a.x1", true, false), item("m.d.x1", true, false), item("m.d.x2", false, true), item("gone", false, false),
	}}
	want := []StudyNext{
		{Module: "m", Lesson: "d", Title: "Lesson d", Wrong: 1}, {Module: "m", Lesson: "e", Title: "Lesson e", Wrong: 2},
		{Module: "m", Lesson: "b", Title: "Lesson b", Wrong: 1}, {Module: "m", Lesson: "c", Title: "Lesson c", Wrong: 1},
	}
	if diff := cmp.Diff(want, (&Server{Catalogue: c.Indexed()}).studyNext(g)); diff != "" {
		t.Errorf("study_next (-want +got):\n%s", diff)
	}
}
