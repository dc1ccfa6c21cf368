package psychometrics

// result says what was found of every column.
func (f *fit) result(r Responses) *Rasch {
	f.expect() // at the estimates
	none := RaschItem{Undefined(), Undefined(), Undefined(), Undefined()}
	found := &Rasch{Spread: f.spread, Iterations: f.rounds, Converged: f.done, LogLik: f.logLik, Items: make([]RaschItem, len(r.Columns))}
	for i := range found.Items {
		found.Items[i] = none
	}
	errors, fits := f.standardErrors(false), f.fits()
	for i, column := range f.columns {
		found.Items[column] = fits[i]
		found.Items[column].Difficulty = Value(f.b[i])
		found.Items[column].StandardError = Value(errors[i])
	}
	f.information(r, found)
	return found
}

// Where information is given: logits from the mean ability.
const (
	widest    = 4.0
	thetaStep = 0.25
)

// information adds up the items by how often they are on a paper.
func (f *fit) information(r Responses, found *Rasch) {
	for theta := -widest; theta <= widest; theta += thetaStep {
		sum := 0.0
		for i, column := range f.columns {
			drawn := float64(len(r.Columns[column].Marks)) / float64(r.Attempts)
			sum += drawn * Information(f.b[i], theta)
		}
		found.Thetas, found.Information = append(found.Thetas, theta), append(found.Information, sum)
	}
}

// fits compares what happened with what the model expected (Wright and Masters
// 1982, chapter 5): squared residuals over their expectation. Both are averaged
// over where each person may be on the scale, given all responses, so that the
// expectation is 1 however short the paper.
func (f *fit) fits() []RaschItem {
	sums := make([]residuals, len(f.b))
	prior, slopes := f.prior(), f.slopes()
	for _, p := range f.papers {
		base := f.baseOf(p, prior)
		for _, g := range p.groups {
			posterior, _ := place(&base, g.score)
			for k, i := range p.items {
				sums[i].add(g.right[k], g.people-g.right[k], int(i), &posterior, &slopes)
			}
		}
	}
	fits := make([]RaschItem, len(f.b))
	for i, s := range sums {
		fits[i].Infit, fits[i].Outfit = ratio(s.squares, s.information), ratio(s.standardised, s.people)
	}
	return fits
}

// nobody is a share of people that is left out.
const nobody = 1e-7

type residuals struct{ squares, information, standardised, people float64 }

// add adds people who got an item right or wrong and may be anywhere.
func (r *residuals) add(right, wrong float64, item int, posterior *[nodes]float64, slopes *[nodes][]float64) {
	for q, w := range posterior {
		if w < nobody {
			continue
		}
		p := slopes[q][item]
		r.squares += w * (right*(1-p)*(1-p) + wrong*p*p)
		r.information += w * (right + wrong) * p * (1 - p)
		r.standardised += w * (right*(1-p)/p + wrong*p/(1-p))
		r.people += w * (right + wrong)
	}
}
