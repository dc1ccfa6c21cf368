package question

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits of essays.
const (
	MaxPoints   = 20    // of one criterion
	MaxCriteria = 10    // of a rubric
	MaxWords    = 1_000 // that a question may ask for
)

// RubricPoints is what an essay can get, 0 where there is no rubric.
func RubricPoints(q Question) int {
	sum := 0
	for _, c := range q.Rubric {
		sum += c.Points
	}
	return sum
}

// awaitMark: 0 until somebody has marked it, and nothing to mark where nothing
// was written.
func awaitMark(_ Question, r Response) Result {
	return Result{Awaiting: strings.TrimSpace(r.Text) != ""}
}

// ScoreEssay judges an essay by what a marker gave for each criterion of its
// rubric: the points given of the points to be had. The error says in plain words
// why the points do not fit the rubric.
func ScoreEssay(q Question, points []int) (Result, error) {
	if len(points) != len(q.Rubric) {
		return Result{}, fmt.Errorf("the rubric has %d criteria, not %d", len(q.Rubric), len(points))
	}
	var result Result
	got := 0
	for i, c := range q.Rubric {
		if points[i] < 0 || points[i] > c.Points {
			return Result{}, fmt.Errorf("criterion %d gives 0 to %d points, not %d", i+1, c.Points, points[i])
		}
		got += points[i]
		result.Parts = append(result.Parts, Part{ID: strconv.Itoa(i), Chosen: true, Right: points[i] == c.Points, Points: points[i]})
	}
	result.Fraction = share(got, RubricPoints(q))
	result.Correct = result.Fraction == 1
	return result, nil
}

func (v *validation) essay(q Question) {
	v.count("rubric", len(q.Rubric), 1, 1, MaxCriteria)
	var texts []string
	for i, c := range q.Rubric {
		field := fmt.Sprintf("rubric[%d]", i)
		v.require(field+".text", c.Text)
		if c.Points < 1 || c.Points > MaxPoints {
			v.addf(field+".points", "must be 1 to %d", MaxPoints)
		}
		texts = append(texts, c.Text)
	}
	v.distinct("rubric", texts)
	v.want("model", q.Model)
	if len(q.Model) > MaxText {
		v.addf("model", "must have at most %d bytes", MaxText)
	}
	if q.MaxWords < 0 || q.MaxWords > MaxWords {
		v.addf("max_words", "must be 0 to %d", MaxWords)
	}
	if q.Critical {
		v.addf("critical", "does not fit an essay: ask for a red line by a question that the program can judge")
	}
}
