package curriculum

import (
	"io/fs"
	"regexp"
	"slices"
	"time"

	"muster/internal/question"
)

// What the curriculum asks of a lesson; to fall short is a warning.
const (
	leastWords         = 600
	mostWords          = 1100
	hardestGrade       = 11 // Flesch-Kincaid: readers work in their third language
	leastPractice      = 8
	leastExam          = 6
	leastPerOutcome    = 3
	leastKindsInLesson = 5
	factLife           = 365 * 24 * time.Hour // an as_of fact is looked at again after this
)

// Check reads the content below fsys and adds to its findings what has gone
// out of date by today.
func Check(fsys fs.FS, today time.Time) (Report, error) {
	r, err := read(fsys)
	if err != nil {
		return Report{}, err
	}
	r.dated(r.catalogue, today)
	return Report{Catalogue: r.catalogue, Findings: r.sorted()}, nil
}

// dated reports what must be looked at again.
func (l *ledger) dated(c *Catalogue, today time.Time) {
	for _, x := range c.Corrections {
		if due, err := time.Parse(time.DateOnly, x.ReviewBy); err == nil && due.Before(today) {
			l.warnf(l.places[x.ID], "%s was to be reviewed by %s", x.ID, x.ReviewBy)
		}
	}
	for _, q := range c.Questions() {
		if due := ReviewBy(q.AsOf); due != "" && due < today.Format(time.DateOnly) {
			l.warnf(l.places[q.ID], "the fact is as of %s: check it again", q.AsOf)
		}
	}
}

// ReviewBy gives the day after which a fact as of a day must be looked at again,
// "" for what is no day.
func ReviewBy(asOf string) string {
	day, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return ""
	}
	return day.Add(factLife).Format(time.DateOnly)
}

// check looks at all that has been read as a whole.
func (r *reader) check() {
	r.checkShelf()
	r.checkSources()
	for _, m := range r.catalogue.Modules {
		r.checkModule(m)
		for _, l := range m.Lessons {
			r.checkLesson(l)
			r.checkBank(l)
			r.checkScenario(l)
		}
	}
	r.checkTaught()
	for _, exam := range r.catalogue.Exams {
		r.checkQuiz(exam)
	}
	for _, award := range r.catalogue.Awards {
		r.checkAward(award)
	}
	r.checkUses()
}

var identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (l *ledger) id(p place, id string) {
	if !identifier.MatchString(id) {
		l.errorf(p, "id %q must be lower-case letters, digits and single hyphens", id)
	}
}

func (l *ledger) required(p place, field, text string) {
	if text == "" {
		l.errorf(p, "%s is missing", field)
	}
}

func oneOf[T ~string](l *ledger, p place, field string, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		l.errorf(p, "%s is %q, must be one of %v", field, value, allowed)
	}
}

// known reports ids that nothing defines.
func known[T ~string](l *ledger, p place, field string, ids []T) {
	for i, id := range ids {
		if !l.defined(id) {
			l.errorf(p, "%s names %q, which does not exist", field, id)
		}
		if slices.Contains(ids[:i], id) {
			l.errorf(p, "%s names %q twice", field, id)
		}
	}
}

func (l *ledger) date(p place, field, value string) {
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		l.errorf(p, "%s is %q, must be a date such as 2026-11-21", field, value)
	}
}

var correctionID = regexp.MustCompile(`^E-\d{2,}$`)

// checkShelf checks references, corrections and glossary.
func (r *reader) checkShelf() {
	for _, x := range r.catalogue.References {
		p := r.places[x.ID]
		r.id(p, string(x.ID))
		r.required(p, "title", x.Title)
		oneOf(&r.ledger, p, "kind", x.Kind, "treaty", "resolution", "report", "policy", "guideline", "manual", "study", "other")
		oneOf(&r.ledger, p, "confidence", x.Confidence, "high", "medium", "low")
	}
	for _, x := range r.catalogue.Corrections {
		r.checkCorrection(x)
	}
	for _, x := range r.catalogue.Glossary {
		p := r.places[x.ID]
		r.id(p, string(x.ID))
		r.required(p, "term", x.Term)
		r.required(p, "definition", x.Definition)
		known(&r.ledger, p, "see", x.See)
	}
}

func (r *reader) checkCorrection(x Correction) {
	p := r.places[x.ID]
	if !correctionID.MatchString(string(x.ID)) {
		r.errorf(p, "id %q must have the form E-01", x.ID)
	}
	r.required(p, "claim", x.Claim)
	r.required(p, "correction", x.Correction)
	if len(x.Authorities)+len(x.References) == 0 {
		r.errorf(p, "%s names no authority", x.ID)
	}
	oneOf(&r.ledger, p, "severity", x.Severity, "A", "B", "C")
	oneOf(&r.ledger, p, "confidence", x.Confidence, "high", "medium", "low")
	oneOf(&r.ledger, p, "checked", x.Checked, "public", "partly", "knowledge")
	r.date(p, "as_of", x.AsOf)
	r.date(p, "review_by", x.ReviewBy)
	known(&r.ledger, p, "sections", x.Sections)
	known(&r.ledger, p, "references", x.References)
	for _, key := range x.Sections {
		if _, section, ok := r.catalogue.Section(key); ok && !slices.Contains(section.Corrections, x.ID) {
			r.errorf(p, "%s names the section %s, which does not list it", x.ID, key)
		}
	}
}

func (r *reader) checkSources() {
	for _, s := range r.catalogue.Sources {
		p := r.places[s.Slug]
		r.id(p, string(s.Slug))
		r.required(p, "title", s.Title)
		oneOf(&r.ledger, p, "reliability", s.Reliability, "high", "medium", "low", "unverified")
		if s.AIDisclosed {
			r.required(p, "disclosure", s.Disclosure)
		}
		if len(s.Sections) == 0 {
			r.errorf(p, "sections are missing")
		}
		for _, section := range s.Sections {
			p := r.places[Citation(s.Slug, section.Slug)]
			r.id(p, section.Slug)
			r.required(p, "heading", section.Heading)
			r.required(p, "digest", section.Digest)
			if section.Depth != 1 && section.Depth != 2 {
				r.errorf(p, "depth must be 1 or 2")
			}
			known(&r.ledger, p, "corrections", section.Corrections)
		}
	}
}

// checkTaught reports sections that are neither used nor left out for a reason.
func (r *reader) checkTaught() {
	for _, s := range Coverage(r.catalogue).Sections {
		used := s.Lessons+s.Questions > 0
		switch {
		case !used && s.NotTaught == "":
			r.warnf(r.places[s.Key], "%s is used by no lesson and no question: use it, or say why under not_taught", s.Key)
		case used && s.NotTaught != "":
			r.warnf(r.places[s.Key], "%s says why it is not taught, but it is", s.Key)
		}
	}
}

// reviewed checks a review state.
func (r *reader) reviewed(p place, state question.ReviewState) {
	oneOf(&r.ledger, p, "review", state, question.Unreviewed, question.Approved)
}
