package psychometrics

import "math"

// Stratum is a two by two table of people of about the same ability.
type Stratum struct {
	ReferenceRight, ReferenceWrong float64
	FocalRight, FocalWrong         float64
}

func (s Stratum) total() float64 {
	return s.ReferenceRight + s.ReferenceWrong + s.FocalRight + s.FocalWrong
}

// DIF is differential item functioning: whether an item is harder for one group
// than for people of the same ability in another.
type DIF struct {
	OddsRatio  Value    `json:"odds_ratio"` // common to the strata; > 1: easier for the reference group
	Odds       Interval `json:"odds_interval"`
	ChiSquared Value    `json:"chi_squared"` // one degree of freedom, with continuity correction
	Delta      Value    `json:"delta"`       // -2.35 ln OddsRatio; negative: harder for the focal group
	Class      string   `json:"class"`       // A negligible, B moderate, C large; "" where undefined
}

// MantelHaenszel is the test of Mantel and Haenszel (1959) for an item, as
// Holland and Thayer (1988) use it. The interval is that of Robins, Breslow and
// Greenland (1986), the classes are those of the Educational Testing Service.
func MantelHaenszel(strata []Stratum) DIF {
	var right, expected, v, r, s, pr, psqr, qs float64
	for _, k := range strata {
		n := k.total()
		if n < 2 {
			continue
		}
		reference, focal := k.ReferenceRight+k.ReferenceWrong, k.FocalRight+k.FocalWrong
		good, bad := k.ReferenceRight+k.FocalRight, k.ReferenceWrong+k.FocalWrong
		right += k.ReferenceRight
		expected += reference * good / n
		v += reference * focal * good * bad / (n * n * (n - 1))
		rk, sk := k.ReferenceRight*k.FocalWrong/n, k.ReferenceWrong*k.FocalRight/n
		p, q := (k.ReferenceRight+k.FocalWrong)/n, (k.ReferenceWrong+k.FocalRight)/n
		r, s = r+rk, s+sk
		pr, psqr, qs = pr+p*rk, psqr+p*sk+q*rk, qs+q*sk
	}
	none := Undefined()
	if r == 0 || s == 0 || v == 0 {
		return DIF{OddsRatio: none, Odds: Interval{none, none}, ChiSquared: none, Delta: none}
	}
	log := math.Log(r / s)
	se := math.Sqrt(pr/(2*r*r) + psqr/(2*r*s) + qs/(2*s*s))
	distance := max(0, math.Abs(right-expected)-0.5)
	d := DIF{
		OddsRatio: Value(r / s), ChiSquared: Value(distance * distance / v), Delta: Value(-2.35 * log),
		Odds: Interval{Value(math.Exp(log - z95*se)), Value(math.Exp(log + z95*se))},
	}
	d.Class = etsClass(float64(d.Delta), 2.35*se, float64(d.ChiSquared))
	return d
}

// etsClass: A where delta is under 1 or not different from 0, C where it is at
// least 1.5 and certainly more than 1, B else (Zwick 2012).
func etsClass(delta, se, chi float64) string {
	const certain, surely = 3.841458820694124, 1.6448536269514722
	size := math.Abs(delta)
	switch {
	case size < 1 || chi < certain:
		return "A"
	case size >= 1.5 && size-surely*se > 1:
		return "C"
	}
	return "B"
}

// Differences compares two groups of attempts on every item, in strata of equal
// score. An attempt that is neither in the reference nor in the focal group does
// not count.
func Differences(r Responses, group func(attempt int) (reference, focal bool)) []DIF {
	t := r.totals()
	scores := t.scores()
	found := make([]DIF, len(r.Columns))
	for i, c := range r.Columns {
		strata := map[int]Stratum{}
		for k, a := range c.Attempts {
			reference, focal := group(int(a))
			if reference || focal {
				key := stratumOf(scores[a], t.most)
				strata[key] = strata[key].with(c.whole(c.Marks[k]), reference)
			}
		}
		list := make([]Stratum, 0, len(strata))
		for key := range mostStrata + 1 {
			if s, ok := strata[key]; ok {
				list = append(list, s)
			}
		}
		found[i] = MantelHaenszel(list)
	}
	return found
}

// mostStrata is how finely scores are told apart.
const mostStrata = 20

func stratumOf(score, most float64) int {
	return int(math.Round(score / max(most, 1e-300) * mostStrata))
}

func (s Stratum) with(right, reference bool) Stratum {
	switch {
	case reference && right:
		s.ReferenceRight++
	case reference:
		s.ReferenceWrong++
	case right:
		s.FocalRight++
	default:
		s.FocalWrong++
	}
	return s
}
