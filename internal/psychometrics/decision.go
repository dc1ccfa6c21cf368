package psychometrics

import "math"

// Decision is how far a pass or a fail can be trusted.
type Decision struct {
	Consistency Value // chance that another paper would decide alike, 0..1
	Kappa       Value // the same beyond what chance would bring, ≤ 1
	Accuracy    Value // chance that the decision is that of the true score, 0..1
}

// Decide estimates the trust in decisions from one sitting, by the method of
// Livingston and Lewis (1995) with a beta distribution of two parameters for
// true scores: the paper is taken as so many equal items as would be exactly as
// reliable, scores on it as binomial (Huynh 1976). Mean, sd and cut are shares
// of the highest mark. All is undefined where reliability is not between 0 and 1.
func Decide(reliability, mean, sd, cut Value) Decision {
	none := Decision{Undefined(), Undefined(), Undefined()}
	r, m, v := float64(reliability), float64(mean), float64(sd*sd)
	if !(r > 0 && r < 1 && v > 0 && m > 0 && m < 1) {
		return none
	}
	n := math.Round((m*(1-m) - r*v) / (v * (1 - r))) // the effective length
	strength := m*(1-m)/(r*v) - 1
	if n < 1 || n > longest || strength <= 0 {
		return none
	}
	b := betaBinomial{n: int(n), a: m * strength, b: (1 - m) * strength}
	return b.decide(float64(cut))
}

// longest bounds the effective length: a test that is almost without error
// needs no estimate of its errors.
const longest = 2000

// betaBinomial is the number right of n equal items where true scores follow a
// beta distribution.
type betaBinomial struct {
	n    int
	a, b float64
}

// decide sums over what one or two papers may bring.
func (d betaBinomial) decide(cut float64) Decision {
	least := int(math.Ceil(cut*float64(d.n) - atCut)) // right items that pass
	pass, both, right := 0.0, 0.0, 0.0
	for x := 0; x <= d.n; x++ {
		p := d.chance(x)
		above := p * (1 - incompleteBeta(float64(x)+d.a, float64(d.n-x)+d.b, cut)) // and the true score passes
		if x < least {
			right += p - above
			continue
		}
		pass += p
		right += above
		for y := least; y <= d.n; y++ {
			both += d.chances(x, y)
		}
	}
	const rounding = 1e-6 // of the sums: where nearly all pass, or fail, there is no more than chance to agree beyond
	consistency := min(1-2*pass+2*both, 1)
	byChance := pass*pass + (1-pass)*(1-pass)
	kappa := Undefined()
	if 1-byChance > rounding {
		kappa = Value(min((consistency-byChance)/(1-byChance), 1))
	}
	return Decision{Consistency: Value(consistency), Kappa: kappa, Accuracy: Value(min(right, 1))}
}

// chance is that of x right.
func (d betaBinomial) chance(x int) float64 {
	return math.Exp(logChoose(d.n, x) + logBeta(float64(x)+d.a, float64(d.n-x)+d.b) - logBeta(d.a, d.b))
}

// chances is that of x right on one paper and y on another.
func (d betaBinomial) chances(x, y int) float64 {
	return math.Exp(logChoose(d.n, x) + logChoose(d.n, y) + logBeta(float64(x+y)+d.a, float64(2*d.n-x-y)+d.b) - logBeta(d.a, d.b))
}

func logChoose(n, k int) float64 {
	return -math.Log(float64(n)+1) - logBeta(float64(n-k)+1, float64(k)+1)
}

func logBeta(a, b float64) float64 { return logGamma(a) + logGamma(b) - logGamma(a+b) }

func logGamma(x float64) float64 {
	value, _ := math.Lgamma(x)
	return value
}

// incompleteBeta is the regularised incomplete beta function I_x(a,b): the share
// of a beta distribution below x. Continued fraction by Lentz's method (Press and
// others, Numerical Recipes, 6.4).
func incompleteBeta(a, b, x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - incompleteBeta(b, a, 1-x)
	}
	const (
		exactly = 1e-15
		most    = 1000
	)
	front := math.Exp(a*math.Log(x)+b*math.Log(1-x)-logBeta(a, b)) / a
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m <= most; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / nonzero(1+even*d)
		c = nonzero(1 + even/c)
		f *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / nonzero(1+odd*d)
		c = nonzero(1 + odd/c)
		f *= d * c
		if math.Abs(d*c-1) < exactly {
			break
		}
	}
	return front * f
}

// nonzero keeps a fraction of Lentz's method from being divided by nothing.
func nonzero(v float64) float64 {
	const tiny = 1e-300
	if math.Abs(v) < tiny {
		return tiny
	}
	return v
}

// decisions fills in what a test says of decisions at its cut.
func (test *Test) decisions() {
	cut := Value(test.Cut * test.Max)
	test.LivingstonK2 = LivingstonK2(test.Alpha, test.Mean, test.SD, cut)
	test.LordSEM = LordSEM(test.Cut*test.Items, test.Items) * Value(test.Max/max(test.Items, 1))
	highest := Value(test.Max)
	d := Decide(test.Alpha, test.Mean/highest, test.SD/highest, Value(test.Cut))
	test.Consistency, test.Kappa, test.Accuracy = d.Consistency, d.Kappa, d.Accuracy
}
