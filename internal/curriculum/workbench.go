package curriculum

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"muster/internal/question"
)

// Workbench is what trainers add to the questions of the content files.
type Workbench struct {
	Questions []question.Question              // that were approved: new ones, and those in place of a content question
	Versions  map[question.ID]question.Version // of those, where known; else they are made
	Withdrawn map[question.ID]bool             // in no new paper; of content questions too
	Tags      map[question.ID][]string         // of content questions too
}

// overlay is a workbench, indexed.
type overlay struct {
	Workbench
	questions map[question.ID]*question.Question
	added     map[ModuleSlug][]asked // not in the content files, by id; under "" those of all modules
}

// asked is a question that may be put into papers, with what rules filter by.
type asked struct {
	*question.Question
	lesson LessonSlug
	tags   []string
}

// Publish puts w in the place of what the workbench added before, at once for
// everybody. Lessons, modules and the catalogue's Version stay as they are.
func (c *Catalogue) Publish(w Workbench) {
	o := &overlay{Workbench: w, questions: make(map[question.ID]*question.Question, len(w.Questions)), added: map[ModuleSlug][]asked{}}
	o.Versions = make(map[question.ID]question.Version, len(w.Questions))
	for i := range w.Questions {
		q := &w.Questions[i]
		o.questions[q.ID], o.Versions[q.ID] = q, w.Versions[q.ID]
		if o.Versions[q.ID] == "" {
			if _, version, err := question.Encode(*q); err == nil {
				o.Versions[q.ID] = version
			}
		}
		if _, written := c.index.questions[q.ID]; !written && !w.Withdrawn[q.ID] {
			o.add(q)
		}
	}
	for _, list := range o.added {
		slices.SortFunc(list, func(a, b asked) int { return cmp.Compare(a.ID, b.ID) })
	}
	c.overlay.Store(o)
}

func (o *overlay) add(q *question.Question) {
	m, lesson := PlaceOf(*q)
	o.added[""] = append(o.added[""], asked{q, lesson, o.Tags[q.ID]})
	if m != "" {
		o.added[m] = append(o.added[m], asked{q, lesson, o.Tags[q.ID]})
	}
}

// shelf is the quizzes of trainers.
type shelf struct{ offered, closed []Quiz }

// PublishQuizzes puts quizzes in the place of those that trainers published
// before. One with the slug of a content quiz takes its place. Closed ones are
// found by their slug, because people took them, and are not offered.
func (c *Catalogue) PublishQuizzes(offered, closed []Quiz) {
	c.quizzes.Store(&shelf{slices.Clone(offered), slices.Clone(closed)})
}

// work gives what the workbench adds now.
func (c *Catalogue) work() *overlay {
	if o := c.overlay.Load(); o != nil {
		return o
	}
	return &overlay{}
}

// authored gives the quizzes that trainers published.
func (c *Catalogue) authored() shelf {
	if quizzes := c.quizzes.Load(); quizzes != nil {
		return *quizzes
	}
	return shelf{}
}

// Closed gives the quizzes of trainers that are offered no more.
func (c *Catalogue) Closed() []Quiz { return slices.Clone(c.authored().closed) }

// Offered finds a quiz that may be started.
func (c *Catalogue) Offered(slug QuizSlug) (Quiz, bool) {
	quiz, ok := c.Quiz(slug)
	return quiz, ok && !slices.ContainsFunc(c.authored().closed, func(q Quiz) bool { return q.Slug == slug })
}

// PlaceOf gives the module and the lesson that a question belongs to: those of
// its first outcome, or else those of its id. Both are "" for a question of the
// bank that belongs to none.
func PlaceOf(q question.Question) (ModuleSlug, LessonSlug) {
	name := string(q.ID)
	if len(q.Outcomes) > 0 {
		name = q.Outcomes[0]
	}
	parts := strings.SplitN(name, ".", 3)
	if len(parts) != 3 || parts[0] == BankPlace {
		return "", ""
	}
	return ModuleSlug(parts[0]), LessonSlug(parts[1])
}

// BankPlace is the first part of the ids of what trainers made and of no
// module's.
const BankPlace = "bank"

// asked visits the questions of a module, or of all where it is "": those of the
// content files in the order of the curriculum, then what trainers added. What
// was withdrawn is not among them.
func (c *Catalogue) asked(module ModuleSlug) iter.Seq[asked] {
	return func(yield func(asked) bool) {
		o := c.work()
		for i := range c.Modules {
			if module != "" && module != c.Modules[i].Slug {
				continue
			}
			for j := range c.Modules[i].Lessons {
				l := &c.Modules[i].Lessons[j]
				for k := range l.Questions {
					q := o.current(&l.Questions[k])
					if !o.Withdrawn[q.ID] && !yield(asked{q, l.Slug, o.Tags[q.ID]}) {
						return
					}
				}
			}
		}
		for _, q := range o.added[module] {
			if !yield(q) {
				return
			}
		}
	}
}

// current gives the question that stands in the place of a content question.
func (o *overlay) current(written *question.Question) *question.Question {
	if q, ok := o.questions[written.ID]; ok {
		return q
	}
	return written
}

// WrittenQuestions gives the questions of the content files as they are there,
// in the order of the curriculum.
func (c *Catalogue) WrittenQuestions() []question.Question {
	var all []question.Question
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			all = append(all, l.Questions...)
		}
	}
	return all
}

// WrittenVersion names the version of a question that the content files hold, ""
// for one that they do not hold.
func (c *Catalogue) WrittenVersion(id question.ID) question.Version { return c.index.versions[id] }

// Tags gives the tags of a question.
func (c *Catalogue) Tags(id question.ID) []string { return c.work().Tags[id] }

// UsedIn gives the quizzes that may ask a question: those that name it, and
// those that may draw it. It takes time in proportion to the rules there are.
func (c *Catalogue) UsedIn(id question.ID) []QuizSlug {
	q, ok := c.Question(id)
	if !ok {
		return nil
	}
	module, lesson := PlaceOf(q)
	if l, ok := c.LessonOf(id); ok && c.index.questions[id] != nil {
		module, lesson = l.Module, l.Slug
	}
	o := c.work()
	var slugs []QuizSlug
	for _, quiz := range c.Quizzes() {
		named := slices.Contains(quiz.named(), id)
		drawn := func(rule Rule) bool {
			m := cmp.Or(rule.Module, quiz.Module)
			return len(rule.Questions) == 0 && (m == "" || m == module) && rule.fits(asked{&q, lesson, o.Tags[id]})
		}
		if named || !o.Withdrawn[id] && slices.ContainsFunc(quiz.Rules, drawn) {
			slugs = append(slugs, quiz.Slug)
		}
	}
	return slugs
}
