package psychometrics

// Groups is how many groups of ability people are put into: fifths.
const Groups = 5

// Curves says how people of different ability responded to an item. Ability is
// the rest of the score, so that an item does not speak for itself.
type Curves struct {
	Responses []int     `json:"responses"` // in each group, the weakest first; equal scores stand in one group
	Facility  []Value   `json:"facility"`  // of each group
	Options   [][]Value `json:"options"`   // option by option: the share of each group that picked it
}

// curves puts the attempts of a column into groups by their rest scores, which
// are given as they are and sorted.
func curves(c Column, rest, sorted []float64) Curves {
	var first [Groups]float64 // the lowest score of each group
	for g := range first {
		first[g] = sorted[g*len(sorted)/Groups]
	}
	groups := make([]int, len(rest))
	curves := Curves{Responses: make([]int, Groups), Facility: make([]Value, Groups)}
	for k, score := range rest {
		g := Groups - 1
		for g > 0 && score < first[g] {
			g--
		}
		groups[k] = g
		curves.Responses[g]++
		curves.Facility[g] += Value(c.Marks[k] / c.Max)
	}
	for g, n := range curves.Responses {
		curves.Facility[g] = ratio(float64(curves.Facility[g]), float64(n))
	}
	if c.Picks != nil {
		curves.Options = optionCurves(c, groups, curves.Responses)
	}
	return curves
}

func optionCurves(c Column, groups, responses []int) [][]Value {
	options := make([][]Value, c.Options)
	for o := range options {
		options[o] = make([]Value, Groups)
		for k, picks := range c.Picks {
			options[o][groups[k]] += Value(picks >> o & 1)
		}
		for g, n := range responses {
			options[o][g] = ratio(float64(options[o][g]), float64(n))
		}
	}
	return options
}
