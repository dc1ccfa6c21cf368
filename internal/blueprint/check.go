package blueprint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// Limits of a quiz.
const (
	MaxTitle   = 200 // characters
	MaxRules   = 50
	MaxPaper   = 500           // questions in a paper
	MaxMinutes = 60 * 24 * 366 // of a time limit or a delay
	MaxTries   = 1000
)

// MaxShared is the share of a paper that two trainees may be expected to have in
// common before Check warns, of a quiz whose questions are kept secret.
const MaxShared = 0.5

// Finding is something that a quiz cannot be offered with, or that its trainer
// should know.
type Finding struct {
	Field    string // "rules[2]", "closes_at" …; "" = the whole
	Severity curriculum.Level
	Message  string
}

// valid says what a quiz cannot be kept with: what does not fit into its fields.
func valid(q curriculum.Quiz) error {
	title := strings.TrimSpace(q.Title)
	switch {
	case title == "":
		return errs.InvalidField("title", "Give the quiz a title.")
	case utf8.RuneCountInString(title) > MaxTitle:
		return errs.InvalidField("title", "The title is longer than %d characters.", MaxTitle)
	case strings.ContainsFunc(title, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return errs.InvalidField("title", "The title holds a character that cannot be shown.")
	case !slices.Contains(purposes, q.Purpose):
		return errs.InvalidField("purpose", "A quiz is for practice, a check, a pretest or an exam.")
	case slices.ContainsFunc(q.Shown().Points(), unknownPoint):
		return errs.InvalidField("shows", "Say when each part is shown: immediate, submitted, finished, closed or never.")
	case q.Shown().Score == curriculum.ReleaseImmediate:
		return errs.InvalidField("shows", "There is no score before the end of the attempt.")
	case !q.Shown().Ordered():
		return errs.InvalidField("shows", "No part of the result can be shown before one above it: score, what was right, reasons, answers.")
	case q.PassMark < 0 || q.PassMark > 1:
		return errs.InvalidField("pass_mark", "The pass mark is a share between 0 and 1.")
	case q.TimeLimitMinutes < 0 || q.TimeLimitMinutes > MaxMinutes:
		return errs.InvalidField("time_limit_minutes", "The time limit is between 0 (none) and %d minutes.", MaxMinutes)
	case q.DelayMinutes < 0 || q.DelayMinutes > MaxMinutes:
		return errs.InvalidField("delay_minutes", "The wait between attempts is between 0 (none) and %d minutes.", MaxMinutes)
	case q.Attempts < 0 || q.Attempts > MaxTries:
		return errs.InvalidField("attempts", "Allow 0 (as many as wanted) to %d attempts.", MaxTries)
	case len(q.Rules) > MaxRules:
		return errs.InvalidField("rules", "A quiz has at most %d rules.", MaxRules)
	}
	return validTimes(q)
}

var purposes = []curriculum.Purpose{curriculum.PurposePractice, curriculum.PurposeCheck, curriculum.PurposePretest, curriculum.PurposeExam}

func unknownPoint(p curriculum.FeedbackPoint) bool {
	return !slices.Contains(curriculum.FeedbackPoints, p)
}

func validTimes(q curriculum.Quiz) error {
	var opens, closes time.Time
	for _, at := range []struct {
		field, text string
		into        *time.Time
	}{{"opens_at", q.OpensAt, &opens}, {"closes_at", q.ClosesAt, &closes}} {
		if at.text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339, at.text)
		if err != nil {
			return errs.InvalidField(at.field, "Write the time as 2026-11-21T08:00:00Z.")
		}
		*at.into = t
	}
	if !opens.IsZero() && !closes.IsZero() && !opens.Before(closes) {
		return errs.InvalidField("closes_at", "The quiz must close after it opens.")
	}
	return nil
}

// Check says what keeps a quiz from being offered (errors), and what its trainer
// should know (warnings), against the questions that may be asked now.
func Check(c *curriculum.Catalogue, q curriculum.Quiz) []Finding {
	k := checker{catalogue: c, quiz: q, tallies: Count(c, q)}
	if len(q.Rules) == 0 {
		k.errorf("rules", "it has no questions. Add a rule that draws some, or choose them one by one.")
	}
	if q.Module != "" {
		if _, ok := c.Module(q.Module); !ok {
			k.errorf("module", "there is no module %q.", q.Module)
		}
	}
	points := q.Shown().Points()
	if slices.Contains(points, curriculum.ReleaseFinished) && !k.hasCheck() {
		k.errorf("shows", "a part of the result is to be shown when the module's check is passed, but there is no module with a check here.")
	}
	if slices.Contains(points, curriculum.ReleaseClosed) && q.ClosesAt == "" {
		k.errorf("shows", "a part of the result is to be shown when the quiz closes, but it never closes. Give it a closing time.")
	}
	if shown := q.Shown(); k.secret() && shown.Correctness == curriculum.ReleaseImmediate {
		k.errorf("release", "a check or an exam cannot tell at once which answers are right: the last answer counts.")
	}
	for i, rule := range q.Rules {
		k.rule(i, rule)
	}
	k.paper()
	return k.findings
}

type checker struct {
	catalogue *curriculum.Catalogue
	quiz      curriculum.Quiz
	tallies   []Tally // of its rules
	findings  []Finding
}

func (k *checker) errorf(field, format string, args ...any) {
	k.findings = append(k.findings, Finding{field, curriculum.LevelError, fmt.Sprintf(format, args...)})
}

func (k *checker) warnf(field, format string, args ...any) {
	k.findings = append(k.findings, Finding{field, curriculum.LevelWarning, fmt.Sprintf(format, args...)})
}

func (k *checker) hasCheck() bool {
	module, _ := k.catalogue.Module(k.quiz.Module)
	return slices.ContainsFunc(module.Quizzes, func(q curriculum.Quiz) bool { return q.Purpose == curriculum.PurposeCheck })
}

func (k *checker) rule(i int, rule curriculum.Rule) {
	field := fmt.Sprintf("rules[%d]", i)
	if len(rule.Questions) > 0 {
		k.fixed(field, i, rule)
		return
	}
	if rule.Draw < 1 {
		k.errorf(field, "rule %d draws no question.", i+1)
		return
	}
	if m := cmp.Or(rule.Module, k.quiz.Module); rule.Lesson != "" && m == "" {
		k.errorf(field, "rule %d names a lesson without its module.", i+1)
		return
	}
	n := k.tallies[i]
	if n.Eligible < rule.Draw {
		k.errorf(field, "rule %d draws %d of the %d questions that fit it. Draw fewer, widen the rule, or approve more questions.", i+1, rule.Draw, n.Eligible)
	} else if n.Free < rule.Draw {
		k.errorf(field, "rule %d draws %d of %d questions, of which earlier rules may take %d.", i+1, rule.Draw, n.Eligible, n.Eligible-n.Free)
	}
	if k.secret() && slices.ContainsFunc(k.catalogue.Eligible(k.quiz, rule), k.practised) {
		k.errorf(field, "rule %d may draw practice questions, whose answers trainees have seen. Choose the exam pool.", i+1)
	}
}

// practised says whether a question is of the practice pool.
func (k *checker) practised(id question.ID) bool {
	q, ok := k.catalogue.Question(id)
	return ok && q.Pool == question.Practice
}

func (k *checker) fixed(field string, i int, rule curriculum.Rule) {
	if rule.Draw != 0 || rule.Pool != "" || rule.Outcome != "" || rule.Difficulty != 0 || rule.Tag != "" || rule.Kind != "" || rule.Module != "" || rule.Lesson != "" {
		k.errorf(field, "rule %d names questions, so it can have no filter.", i+1)
	}
	asked := k.catalogue.Eligible(k.quiz, rule)
	for _, id := range rule.Questions {
		if _, ok := k.catalogue.Question(id); !ok {
			k.errorf(field, "question %s is not approved, or does not exist.", id)
		} else if !slices.Contains(asked, id) {
			k.warnf(field, "question %s is withdrawn or stale: papers leave it out.", id)
		} else if k.secret() && k.practised(id) {
			k.errorf(field, "question %s is a practice question, whose answer trainees have seen.", id)
		}
	}
	for j, earlier := range k.quiz.Rules[:i] {
		for _, id := range rule.Questions {
			if slices.Contains(earlier.Questions, id) {
				k.errorf(field, "question %s is in rule %d too.", id, j+1)
			}
		}
	}
}

// secret says whether the answers of the quiz matter, so that questions should
// not be known before.
func (k *checker) secret() bool {
	return k.quiz.Purpose == curriculum.PurposeExam || k.quiz.Purpose == curriculum.PurposeCheck
}

// paper looks at the paper as a whole.
func (k *checker) paper() {
	total := 0
	for _, n := range k.tallies {
		total += n.Drawn
	}
	if total > MaxPaper {
		k.errorf("rules", "a paper would have %d questions, at most %d can be asked.", total, MaxPaper)
	}
	if !k.secret() || total == 0 {
		return
	}
	overlap := OverlapOf(k.catalogue, k.quiz)
	if overlap.Shared > MaxShared {
		k.warnf("rules", "two trainees would share about %.0f of %d questions. Widen the rules, so that papers differ more.", overlap.Shared*float64(total), total)
	}
	if k.quiz.Attempts != 1 && overlap.Repeated > MaxShared {
		k.warnf("attempts", "a second attempt would repeat at least %.0f of %d questions.", overlap.Repeated*float64(total), total)
	}
}
