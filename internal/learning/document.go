package learning

import (
	"encoding/json"
	"fmt"
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/retention"
)

// KeptSummary is a summary as it is kept: a document that only learning reads.
type KeptSummary struct {
	User     identity.UserID
	Revision int64 // one more than that of the summary before
	Through  time.Time
	Basis    string // the curriculum and the rules that it was made by
	Document []byte
}

// document is what is kept of a summary. The outcomes, which are most of it,
// stand in columns: thousands of documents are read for one page, and without a
// name beside every number that takes a third less time.
type document struct {
	Summary
	Columns columns `json:"outcomes"`
}

// columns are outcome summaries, one a position.
type columns struct {
	Outcome    []curriculum.OutcomeID `json:"outcome"`
	Answers    []int                  `json:"answers"`
	Evidence   []float64              `json:"evidence"`
	Stability  []float64              `json:"stability"`
	Difficulty []float64              `json:"difficulty"`
	ReviewedAt []int64                `json:"reviewed_at"` // microseconds since 1970
	Failures   []int                  `json:"failures"`
}

func columnsOf(outcomes []OutcomeSummary) columns {
	var c columns
	for _, o := range outcomes {
		c.Outcome = append(c.Outcome, o.Outcome)
		c.Answers = append(c.Answers, o.Answers)
		c.Evidence = append(c.Evidence, o.Evidence)
		c.Stability = append(c.Stability, o.Memory.Stability)
		c.Difficulty = append(c.Difficulty, o.Memory.Difficulty)
		c.ReviewedAt = append(c.ReviewedAt, o.Memory.ReviewedAt.UnixMicro())
		c.Failures = append(c.Failures, o.Failures)
	}
	return c
}

func (c columns) outcomes() []OutcomeSummary {
	outcomes := make([]OutcomeSummary, len(c.Outcome))
	for i := range outcomes {
		outcomes[i] = OutcomeSummary{
			Outcome: c.Outcome[i], Answers: c.Answers[i], Evidence: c.Evidence[i], Failures: c.Failures[i],
			Memory: retention.Memory{Stability: c.Stability[i], Difficulty: c.Difficulty[i], ReviewedAt: time.UnixMicro(c.ReviewedAt[i]).UTC()},
		}
	}
	return outcomes
}

// Kept encodes a summary, with its revision.
func (s Summary) Kept(basis string) (KeptSummary, error) {
	doc, err := json.Marshal(document{Summary: s, Columns: columnsOf(s.Outcomes)})
	if err != nil {
		return KeptSummary{}, fmt.Errorf("encode the summary of %s: %w", s.User, err)
	}
	return KeptSummary{User: s.User, Revision: s.Revision, Through: s.Through, Basis: basis, Document: doc}, nil
}

func (k KeptSummary) summary() (*Summary, error) {
	var d document
	if err := json.Unmarshal(k.Document, &d); err != nil {
		return nil, fmt.Errorf("decode the summary of %s: %w", k.User, err)
	}
	d.Revision, d.Outcomes = k.Revision, d.Columns.outcomes()
	return &d.Summary, nil
}
