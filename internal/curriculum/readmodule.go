package curriculum

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"muster/internal/question"

	"github.com/goccy/go-yaml/ast"
)

// moduleDocument is module.yaml.
type moduleDocument struct {
	Slug          ModuleSlug   `yaml:"slug"`
	Title         string       `yaml:"title"`
	Theme         string       `yaml:"theme"`
	Order         int          `yaml:"order"`
	Summary       string       `yaml:"summary"`
	Prerequisites []ModuleSlug `yaml:"prerequisites"`
	Lessons       []LessonSlug `yaml:"lessons"`
	Quizzes       []ast.Node   `yaml:"quizzes"`
}

// lessonDocument is the front matter of a lesson.
type lessonDocument struct {
	Slug          LessonSlug           `yaml:"slug"`
	Title         string               `yaml:"title"`
	Minutes       int                  `yaml:"minutes"`
	Relevance     string               `yaml:"relevance"`
	Outcomes      []ast.Node           `yaml:"outcomes"`
	Glossary      []TermID             `yaml:"glossary"`
	Citations     []CitationKey        `yaml:"citations"`
	References    []ReferenceID        `yaml:"references"`
	Corrections   []CorrectionID       `yaml:"corrections"`
	SourcesSilent bool                 `yaml:"sources_silent"`
	KeyPoints     []string             `yaml:"key_points"`
	InTheField    []string             `yaml:"in_the_field"`
	Mistakes      []string             `yaml:"common_mistakes"`
	Summary       string               `yaml:"summary"`
	Review        question.ReviewState `yaml:"review"`
}

// questionsDocument is the questions of one lesson.
type questionsDocument struct {
	Lesson    LessonSlug           `yaml:"lesson"`
	Review    question.ReviewState `yaml:"review"` // of those that do not say
	Questions []ast.Node           `yaml:"questions"`
}

// lessonKey names a lesson among all: "module.lesson".
type lessonKey string

func keyOf(m ModuleSlug, l LessonSlug) lessonKey { return lessonKey(string(m) + "." + string(l)) }

// numbered is the form of folder and file names that carry an order.
var numbered = regexp.MustCompile(`^\d+-`)

func (r *reader) modules() error {
	files, err := fs.Glob(r.fsys, "modules/*/module.yaml")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("the folder holds no modules/*/module.yaml")
	}
	if err := r.each(files, (*reader).module); err != nil {
		return err
	}
	if err := r.strayModules(files); err != nil {
		return err
	}
	slices.SortStableFunc(r.catalogue.Modules, func(a, b Module) int { return a.Order - b.Order })
	return nil
}

// strayModules reports folders that hold no module.yaml.
func (r *reader) strayModules(files []string) error {
	dirs, err := fs.Glob(r.fsys, "modules/*")
	for _, dir := range dirs {
		if !slices.Contains(files, path.Join(dir, "module.yaml")) {
			r.warnf(place{dir, 1}, "the folder has no module.yaml: nothing in it is read")
		}
	}
	return err
}

func (r *reader) module(file string) error {
	var doc moduleDocument
	_, at, ok, err := r.document(file, &doc)
	if err != nil || !ok {
		return err
	}
	r.define(doc.Slug, at)
	dir := path.Dir(file)
	if want := numbered.ReplaceAllString(path.Base(dir), ""); string(doc.Slug) != want {
		r.errorf(at, "slug is %q, but the folder is named %q", doc.Slug, want)
	}
	m := Module{
		Slug: doc.Slug, Title: doc.Title, Theme: doc.Theme, Order: doc.Order,
		Summary: doc.Summary, Prerequisites: doc.Prerequisites,
	}
	if err = r.figures(dir, m.Slug); err != nil {
		return err
	}
	if m.Lessons, err = r.lessons(dir, at, doc); err != nil {
		return err
	}
	m.Quizzes = r.quizzes(file, doc)
	r.catalogue.Modules = append(r.catalogue.Modules, m)
	return nil
}

// quizzes gives the quizzes of a module with their ids made whole.
func (r *reader) quizzes(file string, doc moduleDocument) []Quiz {
	var quizzes []Quiz
	for _, e := range decodeEach[Quiz](&r.ledger, file, doc.Quizzes) {
		q := e.value
		q.Slug = QuizSlug(string(doc.Slug) + "." + string(q.Slug))
		q.Module = doc.Slug
		for i := range q.Rules {
			q.Rules[i].qualify(doc.Slug)
		}
		r.define(q.Slug, e.place)
		quizzes = append(quizzes, q)
	}
	return quizzes
}

// exams reads the quizzes that draw on several modules, one file each.
func (r *reader) exams() error {
	files, err := fs.Glob(r.fsys, "exams/*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		var q Quiz
		_, at, ok, err := r.document(file, &q)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		for i := range q.Rules {
			q.Rules[i].qualify(q.Rules[i].Module)
		}
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); string(q.Slug) != want {
			r.errorf(at, "slug is %q, but the file is named %q", q.Slug, want)
		}
		r.define(q.Slug, at)
		r.catalogue.Exams = append(r.catalogue.Exams, q)
	}
	return nil
}

// qualify makes the ids of a rule whole: authors write "x1" beside a lesson, or
// "lesson.x1".
func (u *Rule) qualify(m ModuleSlug) {
	prefix := []string{string(m)}
	if u.Lesson != "" {
		prefix = append(prefix, string(u.Lesson))
	}
	whole := func(id string) string {
		parts := strings.Split(id, ".")
		missing := min(max(3-len(parts), 0), len(prefix))
		return strings.Join(append(slices.Clone(prefix[:missing]), parts...), ".")
	}
	if u.Outcome != "" {
		u.Outcome = OutcomeID(whole(string(u.Outcome)))
	}
	for i, id := range u.Questions {
		u.Questions[i] = question.ID(whole(string(id)))
	}
}

// lessons reads the lessons of a module in the order of module.yaml, and
// reports files that module.yaml does not name.
func (r *reader) lessons(dir string, at place, doc moduleDocument) ([]Lesson, error) {
	files, err := fs.Glob(r.fsys, path.Join(dir, "lessons/*.md"))
	if err != nil {
		return nil, err
	}
	bySlug := map[LessonSlug]string{}
	for _, file := range files {
		slug := LessonSlug(numbered.ReplaceAllString(strings.TrimSuffix(path.Base(file), ".md"), ""))
		if !slices.Contains(doc.Lessons, slug) {
			r.errorf(place{file, 1}, "module.yaml does not name the lesson %s", slug)
		}
		bySlug[slug] = file
	}
	var lessons []Lesson
	for _, slug := range doc.Lessons {
		file, ok := bySlug[slug]
		if !ok {
			r.errorf(at, "lesson %s has no file in lessons/", slug)
			continue
		}
		lesson, ok, err := r.lesson(file, doc.Slug, slug)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if err := r.questions(path.Join(dir, "questions", string(slug)+".yaml"), &lesson); err != nil {
			return nil, err
		}
		if err := r.scenario(path.Join(dir, "scenarios", string(slug)+".yaml"), &lesson); err != nil {
			return nil, err
		}
		lesson.Practice = practiceQuiz(lesson)
		lessons = append(lessons, lesson)
	}
	return lessons, errors.Join(r.stray(dir, "questions", doc), r.stray(dir, "scenarios", doc))
}

// stray reports the files of a folder that belong to no lesson.
func (r *reader) stray(dir, folder string, doc moduleDocument) error {
	files, err := fs.Glob(r.fsys, path.Join(dir, folder, "*.yaml"))
	for _, file := range files {
		slug := strings.TrimSuffix(path.Base(file), ".yaml")
		if !slices.Contains(doc.Lessons, LessonSlug(slug)) {
			r.errorf(place{file, 1}, "module.yaml does not name the lesson %s", slug)
		}
	}
	return err
}

// lesson reads a lesson; not ok means that its front matter cannot be read.
func (r *reader) lesson(file string, m ModuleSlug, slug LessonSlug) (lesson Lesson, ok bool, err error) {
	text, err := r.text(file)
	if err != nil {
		return Lesson{}, false, err
	}
	head, body, bodyLine, err := frontMatter(text)
	if err != nil {
		r.errorf(place{file, 1}, "%v", err)
		return Lesson{}, false, nil
	}
	root := r.parse(file, []byte(head))
	if root == nil {
		return Lesson{}, false, nil
	}
	var doc lessonDocument
	r.decode(file, root, &doc)
	r.define(keyOf(m, slug), place{file, 1})
	if doc.Slug != slug {
		r.errorf(place{file, line(root)}, "slug is %q, but the file is named %q", doc.Slug, slug)
	}
	lesson = Lesson{Module: m, Slug: slug}
	lesson.fill(doc)
	for _, e := range decodeEach[Outcome](&r.ledger, file, doc.Outcomes) {
		e.value.ID = OutcomeID(string(keyOf(m, slug)) + "." + string(e.value.ID))
		r.define(e.value.ID, e.place)
		lesson.Outcomes = append(lesson.Outcomes, e.value)
	}
	r.body(&lesson, place{file, bodyLine}, body)
	for _, b := range lesson.Blocks {
		if b.Figure != nil {
			text += b.Figure.Version
		}
	}
	lesson.Version = versionOf(text)
	return lesson, true, nil
}

func (l *Lesson) fill(doc lessonDocument) {
	l.Title, l.Minutes, l.Relevance = doc.Title, doc.Minutes, doc.Relevance
	l.Glossary, l.Citations, l.References = doc.Glossary, doc.Citations, doc.References
	l.Corrections, l.SourcesSilent = doc.Corrections, doc.SourcesSilent
	l.KeyPoints, l.InTheField, l.Review = doc.KeyPoints, doc.InTheField, doc.Review
	l.Mistakes, l.Summary = doc.Mistakes, doc.Summary
}

func (r *reader) questions(file string, lesson *Lesson) error {
	var doc questionsDocument
	_, at, ok, err := r.document(file, &doc)
	if errors.Is(err, fs.ErrNotExist) {
		r.errorf(r.places[keyOf(lesson.Module, lesson.Slug)], "the lesson has no questions: %s does not exist", file)
		return nil
	}
	if err != nil || !ok {
		return err
	}
	if doc.Lesson != lesson.Slug {
		r.errorf(at, "lesson is %q, but the file is named %q", doc.Lesson, lesson.Slug)
	}
	prefix := string(keyOf(lesson.Module, lesson.Slug)) + "."
	for _, e := range decodeEach[question.Question](&r.ledger, file, doc.Questions) {
		q := e.value
		if q.Review == "" {
			q.Review = doc.Review
		}
		q.ID = question.ID(prefix + string(q.ID))
		for i, outcome := range q.Outcomes {
			q.Outcomes[i] = prefix + outcome
		}
		question.Identify(&q)
		r.define(q.ID, e.place)
		lesson.Questions = append(lesson.Questions, q)
	}
	return nil
}

// practiceQuiz holds all practice questions of a lesson in order.
func practiceQuiz(l Lesson) Quiz {
	var ids []question.ID
	for _, q := range l.Questions {
		if q.Pool == question.Practice {
			ids = append(ids, q.ID)
		}
	}
	return Quiz{
		Slug: QuizSlug(string(keyOf(l.Module, l.Slug)) + ".practice"), Module: l.Module, Lesson: l.Slug,
		Title: l.Title, Purpose: PurposePractice, PassMark: 0.8, Release: ReleaseImmediate,
		Rules: []Rule{{Questions: ids}},
	}
}
