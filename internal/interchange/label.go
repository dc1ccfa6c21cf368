package interchange

import (
	"slices"
	"strconv"
	"strings"

	"muster/internal/question"
)

// The formats of others have no place for what a question is for. They have tags,
// so it travels in labels: tags of the form "name:value".
const (
	labelKind       = "kind"
	labelPool       = "pool"
	labelBloom      = "bloom"
	labelDifficulty = "difficulty"
	labelCritical   = "critical"
	labelOutcome    = "outcome"
	labelCitation   = "cites"
	labelReference  = "reference"
	labelCorrection = "correction"
	labelAsOf       = "as-of"
	labelUnit       = "unit"
	labelWords      = "max-words"
)

// Labels are the tags that say what q is for: pool, level, difficulty, outcomes
// and sources; the unit of a number; how many words an essay asks for; that it is
// a judgement, which other programs know as a choice of options with different
// weights.
func Labels(q question.Question) []string {
	var list []string
	add := func(name string, values ...string) {
		for _, value := range values {
			if value != "" {
				list = append(list, name+":"+value)
			}
		}
	}
	if q.Kind == question.Judgement {
		add(labelKind, string(q.Kind))
	}
	add(labelPool, string(q.Pool))
	add(labelBloom, string(q.Bloom))
	if q.Difficulty != 0 {
		add(labelDifficulty, strconv.Itoa(q.Difficulty))
	}
	if q.Critical {
		add(labelCritical, "yes")
	}
	add(labelOutcome, q.Outcomes...)
	add(labelCitation, q.Citations...)
	add(labelReference, q.References...)
	add(labelCorrection, q.Corrections...)
	add(labelAsOf, q.AsOf)
	if q.Answer != nil {
		add(labelUnit, q.Answer.Unit)
	}
	if q.MaxWords > 0 && q.MaxWords <= question.MaxWords {
		add(labelWords, strconv.Itoa(q.MaxWords))
	}
	return list
}

// Placed says of a label that formats with a place of its own for what it says,
// a unit or a number of words, write it there.
func Placed(label string) bool {
	return strings.HasPrefix(label, labelUnit+":") || strings.HasPrefix(label, labelWords+":")
}

// Unlabel takes the labels out of the tags and does as they say. A label that
// makes no sense stays a tag.
func (i *Item) Unlabel() {
	i.Tags = slices.DeleteFunc(slices.Clone(i.Tags), func(tag string) bool {
		name, value, ok := strings.Cut(tag, ":")
		value = strings.TrimSpace(value)
		return ok && value != "" && label(&i.Question, strings.ToLower(strings.TrimSpace(name)), value)
	})
	if len(i.Tags) == 0 {
		i.Tags = nil
	}
}

// label does as one label says, if it is one.
func label(q *question.Question, name, value string) bool {
	switch name {
	case labelKind:
		return value == string(question.Judgement) && judged(q)
	case labelPool:
		return choose(&q.Pool, question.Pool(value), question.Practice, question.Exam)
	case labelBloom:
		return choose(&q.Bloom, question.Bloom(value), question.Blooms...)
	case labelDifficulty:
		n, _ := strconv.Atoi(value)
		return choose(&q.Difficulty, n, 1, 2, 3)
	case labelCritical:
		q.Critical = q.Critical || value == "yes"
		return value == "yes"
	case labelOutcome:
		q.Outcomes = append(q.Outcomes, value)
	case labelCitation:
		q.Citations = append(q.Citations, value)
	case labelReference:
		q.References = append(q.References, value)
	case labelCorrection:
		q.Corrections = append(q.Corrections, value)
	case labelAsOf:
		q.AsOf = value
	case labelUnit:
		if q.Answer == nil || q.Answer.Unit != "" {
			return false
		}
		q.Answer.Unit = value
	case labelWords:
		n, err := strconv.Atoi(value)
		if err != nil || q.Kind != question.Essay || q.MaxWords != 0 || n < 1 || n > question.MaxWords {
			return false
		}
		q.MaxWords = n
	default:
		return false
	}
	return true
}

func choose[T comparable](field *T, value T, allowed ...T) bool {
	if !slices.Contains(allowed, value) {
		return false
	}
	*field = value
	return true
}

// judged makes a judgement of a choice that has one best option.
func judged(q *question.Question) bool {
	switch q.Kind {
	case question.Judgement:
	case question.Single:
		q.Kind = question.Judgement
		for i, o := range q.Options {
			if o.Correct {
				q.Options[i].Correct, q.Options[i].Grade = false, 3
			}
		}
	default:
		return false
	}
	return true
}
