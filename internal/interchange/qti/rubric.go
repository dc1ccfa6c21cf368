package qti

import (
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// The rubric of an essay stands in a block for scorers, as a list of which each
// entry has a paragraph for the criterion, one for its points and those of its
// guide; the model answer stands in a block of its own. Both are known by their
// class.
const (
	rubricName  = "rubricBlock"
	scorer      = "scorer"
	rubricClass = "muster-rubric"
	modelClass  = "muster-model"
	pointsClass = "points"
	titleClass  = "title"
)

// ours reads a block that is written as Muster writes it, and says whether it is.
func (d *draft) ours(block *element.Element) bool {
	q := &d.item.Question
	if bodies, ok := only(block, "div"); ok { // of 3.0
		class := block.Value("class")
		block = bodies[0]
		block.Set("class", class)
	}
	switch block.Value("class") {
	case modelClass:
		if parts, ok := only(block, "p"); ok && q.Model == "" {
			q.Model = d.paragraphs(parts)
			return true
		}
	case rubricClass:
		if lists, ok := only(block, "ol"); ok && len(q.Rubric) == 0 {
			q.Rubric, ok = d.rubric(lists[0])
			return ok
		}
	}
	return false
}

// only gives the kids of e where all are of a name, of which there is one at least.
func only(e *element.Element, name string) ([]*element.Element, bool) {
	for _, kid := range e.Kids {
		if kid.Name != name && strings.TrimSpace(kid.Name+kid.Text) != "" {
			return nil, false
		}
	}
	kids := e.Children(name)
	return kids, len(kids) > 0
}

func (d *draft) rubric(list *element.Element) ([]question.Criterion, bool) {
	entries, ok := only(list, "li")
	var rubric []question.Criterion
	for _, entry := range entries {
		parts, are := only(entry, "p")
		if !are || len(parts) < 2 || parts[1].Value("class") != pointsClass {
			return nil, false
		}
		number, _, _ := strings.Cut(parts[1].Plain(), " ")
		points, err := strconv.Atoi(number)
		if err != nil {
			return nil, false
		}
		rubric = append(rubric, question.Criterion{Text: d.text(parts[0]), Points: points, Guide: d.paragraphs(parts[2:])})
	}
	return rubric, ok
}

// paragraphs reads paragraphs but for a title.
func (d *draft) paragraphs(list []*element.Element) string {
	var texts []string
	for _, p := range list {
		if text := d.text(p); text != "" && p.Value("class") != titleClass {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, paragraphEnd)
}

// blocksOf writes what scorers are told.
func blocksOf(q question.Question) []*element.Element {
	var blocks []*element.Element
	if len(q.Rubric) > 0 {
		list := element.New("ol").Stacked()
		for _, e := range q.Rubric {
			points := element.New("p", "class", pointsClass).With(element.Run(interchange.Points(e.Points)))
			list.With(element.New("li").Stacked(paragraph(e.Text), points).With(paragraphsOf(e.Guide)...))
		}
		blocks = append(blocks, element.New(rubricName, "class", rubricClass, "view", scorer).Stacked(list))
	}
	if q.Model != "" {
		title := element.New("p", "class", titleClass).With(element.New("strong").With(element.Run("Model answer")))
		blocks = append(blocks, element.New(rubricName, "class", modelClass, "view", scorer).Stacked(title).With(paragraphsOf(q.Model)...))
	}
	return blocks
}

// wrapRubrics gives the blocks for scorers the form that they have in 3.0.
func wrapRubrics(body *element.Element) {
	for _, block := range body.Children(rubricName) {
		block.Set("use", "scoring")
		block.Kids = []*element.Element{element.New("contentBody").Stacked(block.Kids...)}
	}
}
