package curriculum_test

import (
	"testing"
	"testing/fstest"

	"muster/internal/curriculum"
)

// FuzzRead puts any text into each kind of content file: what comes out is
// findings, never a panic, and each names a file that is there.
func FuzzRead(f *testing.F) {
	files := small(f)
	for path, file := range files {
		f.Add(path, string(file.Data))
	}
	f.Add(lesson, "---\n---\n")
	f.Add(lesson, "---\nslug: &a [*a]\n---\n[](source:)[](:)")
	f.Add(questions, "lesson: basics\nquestions: [1, null, {}, [a], {id: &x p1, options: [*x]}]\n")
	f.Add(questions, "? [a]\n: - b\n<<: *c\n")
	f.Add(module, "quizzes: [{rules: [{questions: [a.b.c.d, '']}]}]\nslug: first\nlessons: [basics, basics]")
	f.Fuzz(func(t *testing.T, path, text string) {
		changed := fstest.MapFS{}
		for p, file := range files {
			changed[p] = file
		}
		if _, known := files[path]; !known {
			path = lesson
		}
		changed[path] = &fstest.MapFile{Data: []byte(text)}
		catalogue, findings, err := curriculum.Read(changed)
		if err != nil {
			t.Fatalf("Read of %q in %s: %v", text, path, err)
		}
		for _, finding := range findings {
			if _, ok := changed[finding.File]; !ok || finding.Line < 1 {
				t.Errorf("Read of %q in %s: no such place: %v", text, path, finding)
			}
		}
		curriculum.Coverage(catalogue)
	})
}
