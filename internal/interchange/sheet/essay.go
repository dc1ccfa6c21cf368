package sheet

import (
	"strconv"

	"muster/internal/interchange"
)

// essay reads the rubric, one criterion in the place of each option, and the model
// answer.
func (d *draft) essay() bool {
	q := &d.item.Question
	for i := range maxOptions {
		text, guide := d.cell(option.of(i)), d.cell(feedback.of(i))
		if text == "" && guide == "" {
			continue
		}
		c, ok := interchange.Criterion(text)
		if c.Guide = guide; !ok {
			c.Points = 1
			if text != "" {
				d.warn("“%s” does not say its points; it gives 1. Write them after it: (2 points).", interchange.Quote(text))
			}
		}
		q.Rubric = append(q.Rubric, c)
	}
	q.Model = d.cell(columnAnswer)
	if text := d.cell(columnWords); text != "" {
		if words, err := strconv.Atoi(text); err == nil {
			q.MaxWords = words
		} else {
			d.warn("“%s” in the column %s is not a whole number; it is left out.", interchange.Quote(text), columnWords)
		}
	}
	d.findings.Essay(&d.item)
	return true
}
