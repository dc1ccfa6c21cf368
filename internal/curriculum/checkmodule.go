package curriculum

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"muster/internal/question"
)

func (r *reader) checkModule(m Module) {
	p := r.places[m.Slug]
	r.id(p, string(m.Slug))
	r.required(p, "title", m.Title)
	r.required(p, "summary", m.Summary)
	oneOf(&r.ledger, p, "theme", m.Theme, "mandatory", "elective")
	known(&r.ledger, p, "prerequisites", m.Prerequisites)
	for _, id := range m.Prerequisites {
		if before, ok := r.catalogue.Module(id); ok && before.Order >= m.Order {
			r.errorf(p, "the prerequisite %s must come before this module", id)
		}
	}
	if len(m.Lessons) == 0 {
		r.errorf(p, "lessons are missing")
	}
	missing := slices.DeleteFunc(slices.Clone(question.Kinds), question.Kind.Marked) // those need a marker beside the trainee
	for _, l := range m.Lessons {
		for _, q := range l.Questions {
			missing = slices.DeleteFunc(missing, func(k question.Kind) bool { return k == q.Kind })
		}
	}
	if len(missing) > 0 {
		r.warnf(p, "the module has no question of kind %v", missing)
	}
	if !slices.ContainsFunc(m.Lessons, Lesson.hasFigure) {
		r.warnf(p, "the module has no figure")
	}
	for _, q := range m.Quizzes {
		r.checkQuiz(q)
	}
}

func (l Lesson) hasFigure() bool {
	return slices.ContainsFunc(l.Blocks, func(b Block) bool { return b.Figure != nil })
}

func (r *reader) checkQuiz(q Quiz) {
	p := r.places[q.Slug]
	r.required(p, "title", q.Title)
	oneOf(&r.ledger, p, "purpose", q.Purpose, PurposePractice, PurposeCheck, PurposePretest, PurposeExam)
	oneOf(&r.ledger, p, "release", q.Release, ReleaseImmediate, ReleaseSubmitted, ReleaseFinished, ReleaseClosed, ReleaseNever)
	if q.PassMark < 0 || q.PassMark > 1 {
		r.errorf(p, "pass_mark is %v, must be between 0 and 1", q.PassMark)
	}
	if q.TimeLimitMinutes < 0 || q.Attempts < 0 || q.DelayMinutes < 0 {
		r.errorf(p, "time_limit_minutes, attempts and delay_minutes must not be negative")
	}
	for _, at := range []string{q.OpensAt, q.ClosesAt} {
		if _, err := time.Parse(time.RFC3339, at); at != "" && err != nil {
			r.errorf(p, "%q must be a time such as 2026-11-21T08:00:00Z", at)
		}
	}
	if len(q.Rules) == 0 {
		r.errorf(p, "rules are missing")
	}
	if q.Release == ReleaseFinished && !r.hasCheck(q.Module) {
		r.errorf(p, "release is finished, but there is no module whose check could be passed")
	}
	known(&r.ledger, p, "rules", q.named())
	for i, rule := range q.Rules {
		r.checkRule(p, q, i, rule)
		if q.Module != "" && rule.Module != "" {
			r.errorf(p, "rule %d names a module, which only a rule of an exam over several modules does", i+1)
		}
	}
}

func (r *reader) hasCheck(slug ModuleSlug) bool {
	m, _ := r.catalogue.Module(slug)
	return slices.ContainsFunc(m.Quizzes, func(q Quiz) bool { return q.Purpose == PurposeCheck })
}

// checkRule checks that a rule can be drawn whatever the rules before it have
// taken.
func (r *reader) checkRule(p place, q Quiz, i int, rule Rule) {
	m := cmp.Or(rule.Module, q.Module)
	if !r.defined(m) {
		r.errorf(p, "rule %d names the module %q, which does not exist", i+1, m)
		return
	}
	if len(rule.Questions) > 0 {
		if rule.Draw+rule.Difficulty != 0 || rule.Pool != "" || rule.Outcome != "" {
			r.errorf(p, "rule %d: fixed questions go with no other filter", i+1)
		}
		return
	}
	if rule.Lesson != "" && !r.defined(keyOf(m, rule.Lesson)) {
		r.errorf(p, "rule %d names the lesson %q, which the module does not have", i+1, rule.Lesson)
		return
	}
	if rule.Outcome != "" && !r.defined(rule.Outcome) {
		r.errorf(p, "rule %d names the outcome %q, which does not exist", i+1, rule.Outcome)
	}
	oneOf(&r.ledger, p, "pool", rule.Pool, question.Practice, question.Exam)
	if rule.Draw < 1 {
		r.errorf(p, "rule %d draws nothing", i+1)
	}
	eligible := r.catalogue.Eligible(q, rule)
	taken := 0
	for _, earlier := range q.Rules[:i] {
		shared := 0
		for _, id := range r.catalogue.Eligible(q, earlier) {
			if slices.Contains(eligible, id) {
				shared++
			}
		}
		taken += min(shared, earlier.Draw)
	}
	if len(eligible)-taken < rule.Draw {
		r.errorf(p, "rule %d draws %d of %d questions, of which earlier rules may take %d", i+1, rule.Draw, len(eligible), taken)
	}
}

func (r *reader) checkLesson(l Lesson) {
	p := r.places[keyOf(l.Module, l.Slug)]
	r.id(p, string(l.Slug))
	r.required(p, "title", l.Title)
	r.required(p, "relevance", l.Relevance)
	if l.Minutes < 1 {
		r.errorf(p, "minutes is missing")
	}
	for name, n := range map[string]int{
		"outcomes": len(l.Outcomes), "key_points": len(l.KeyPoints), "in_the_field": len(l.InTheField),
		"citations or references": len(l.Citations) + len(l.References),
	} {
		if n == 0 {
			r.errorf(p, "%s: at least one is needed", name)
		}
	}
	if !l.SourcesSilent && len(l.Citations) == 0 {
		r.errorf(p, "without citations, sources_silent must be true")
	}
	r.reviewed(p, l.Review)
	known(&r.ledger, p, "glossary", l.Glossary)
	known(&r.ledger, p, "citations", l.Citations)
	known(&r.ledger, p, "references", l.References)
	known(&r.ledger, p, "corrections", l.Corrections)
	for _, o := range l.Outcomes {
		at := r.places[o.ID]
		r.required(at, "text", o.Text)
		oneOf(&r.ledger, at, "bloom", o.Bloom, question.Blooms...)
	}
	for _, key := range l.Citations {
		for _, id := range r.catalogue.Severe(key) {
			if !slices.Contains(l.Corrections, id) {
				r.warnf(p, "cites %s, which carries %s of severity A: name it under corrections", key, id)
			}
		}
	}
	if l.Words < leastWords || l.Words > mostWords {
		r.warnf(p, "the body has %d words, should have %d to %d", l.Words, leastWords, mostWords)
	}
	for name, missing := range map[string]bool{
		"common_mistakes": len(l.Mistakes) == 0, "summary": l.Summary == "", "glossary": len(l.Glossary) == 0,
		"references": len(l.References) == 0, "scenario": l.Scenario == nil,
	} {
		if missing {
			r.warnf(p, "%s: a lesson should have it", name)
		}
	}
	if l.ReadingGrade > hardestGrade {
		r.warnf(p, "reads at grade %.1f, should be at most %d: shorten sentences", l.ReadingGrade, hardestGrade)
	}
	if !slices.ContainsFunc(l.Blocks, func(b Block) bool { return strings.HasPrefix(b.Heading, "Worked example") }) {
		r.warnf(p, `has no section "Worked example: …"`)
	}
}

// checkUses looks up what lesson bodies point at.
func (r *reader) checkUses() {
	for _, u := range r.uses {
		l := r.catalogue.index.lessons[u.lesson]
		switch u.scheme {
		case "glossary":
			pointed(r, u, l.Glossary)
		case "source":
			pointed(r, u, l.Citations)
		case "reference":
			pointed(r, u, l.References)
		case "correction":
			pointed(r, u, l.Corrections)
		case "figure":
			if !r.defined(figureOf(l.Module, u.key)) {
				r.errorf(u.place, "figure:%s is not a figure of this module", u.key)
			}
		case "practice":
			q, ok := r.catalogue.Question(question.ID(string(u.lesson) + "." + u.key))
			if !ok || q.Pool != question.Practice {
				r.errorf(u.place, "practice:%s is not a practice question of this lesson", u.key)
			}
		}
	}
}

// pointed checks one use against what is defined and what the front matter names.
func pointed[T ~string](r *reader, u use, named []T) {
	id := T(u.key)
	if !r.defined(id) {
		r.errorf(u.place, "%s:%s does not exist", u.scheme, u.key)
	} else if !slices.Contains(named, id) {
		r.warnf(u.place, "%s:%s is not named in the front matter", u.scheme, u.key)
	}
}
