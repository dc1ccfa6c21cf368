package psychometrics

import "math"

// Rasch is the model of Rasch (1960) fitted to the items of a test: the chance
// that somebody of ability θ gets an item right is 1/(1+e^(b-θ)). Right is the
// whole mark. Abilities and difficulties are in logits, on a scale where the
// people of this test have a mean of 0.
type Rasch struct {
	Spread      float64     `json:"spread"` // standard deviation of ability
	Iterations  int         `json:"iterations"`
	Converged   bool        `json:"converged"`
	LogLik      float64     `json:"log_likelihood"` // marginal
	Items       []RaschItem `json:"items"`          // of every column, in its order
	Thetas      []float64   `json:"thetas"`         // where Information is given
	Information []float64   `json:"information"`    // of a paper of average make-up; its standard error is 1/√
}

// RaschItem is what the model says of one item. All is undefined for an item
// that everybody or nobody got right: its difficulty has no end.
type RaschItem struct {
	Difficulty    Value `json:"difficulty"`     // b
	StandardError Value `json:"standard_error"` // of b
	Infit         Value `json:"infit"`          // mean square weighted by information, 1 = as the model expects
	Outfit        Value `json:"outfit"`         // plain mean square, 1 = as the model expects
}

// Information is that of an item of difficulty b at θ: p(1-p), 0..¼.
func Information(b, theta float64) float64 {
	p := logistic(theta - b)
	return p * (1 - p)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// The grid on which ability is integrated: logits from the mean.
const (
	nodes    = 49
	outmost  = 6.0
	nodeStep = 2 * outmost / (nodes - 1)
)

func node(q int) float64 { return float64(q)*nodeStep - outmost }

// Iterations end when nothing moves by more than this, or after so many.
const (
	settled       = 1e-6
	mostIteration = 500
)

// FitRasch fits the model by marginal maximum likelihood with a normal
// distribution of ability (Bock and Aitkin 1981; Thissen 1982), by EM whose mean
// of ability is set free in each step and then moved back to 0 (Liu, Rubin and Wu
// 1998), for without that it creeps. Items that are missing from a paper do not
// count there. It gives nil where fewer than two items can be fitted.
func FitRasch(r Responses) *Rasch {
	f := newFit(r)
	if len(f.columns) < 2 {
		return nil
	}
	f.run(0)
	return f.result(r)
}

// fit is a fit under way. Under the model, all that matters of a person is the
// paper and the number right, so people are put together by them.
type fit struct {
	columns  []int     // of Responses, those that can be fitted
	right    []float64 // of each column that is fitted: how many got it right
	b        []float64
	spread   float64
	papers   []paper
	loss     [][nodes]float64
	expected [][nodes]float64 // of each item: how many of its people are expected at each node
	rounds   int
	done     bool
	logLik   float64
}

func newFit(r Responses) *fit {
	f := &fit{spread: 1}
	rows := make([]row, r.Attempts)
	for i, c := range r.Columns {
		right := 0.0
		for _, mark := range c.Marks {
			if c.whole(mark) {
				right++
			}
		}
		if right == 0 || right == float64(len(c.Marks)) {
			continue
		}
		item := int32(len(f.columns))
		f.columns, f.right = append(f.columns, i), append(f.right, right)
		share := right / float64(len(c.Marks))
		f.b = append(f.b, math.Log((1-share)/share)*1.2)
		for k, a := range c.Attempts {
			rows[a].add(item, c.whole(c.Marks[k]))
		}
	}
	f.loss, f.expected = make([][nodes]float64, len(f.b)), make([][nodes]float64, len(f.b))
	f.papers = together(rows)
	return f
}

// run iterates until it settles. A spread above 0 is held fixed.
func (f *fit) run(spread float64) {
	if spread > 0 {
		f.spread = spread
	}
	for f.rounds = 1; f.rounds <= mostIteration; f.rounds++ {
		m1, m2, people := f.expect()
		moved := f.improve()
		shift := m1 / people
		if spread > 0 {
			shift = 0 // the scale is given, so is its mean
		}
		for i := range f.b {
			f.b[i] -= shift
		}
		if spread == 0 {
			next := math.Sqrt(max(m2/people-shift*shift, 1e-6))
			moved, f.spread = max(moved, math.Abs(next-f.spread)), next
		}
		if f.done = moved < settled; f.done {
			return
		}
	}
	f.rounds = mostIteration
}

// prior gives the logarithms of the weights of the nodes.
func (f *fit) prior() (log [nodes]float64) {
	sum := 0.0
	for q := range nodes {
		z := node(q) / f.spread
		log[q] = -z * z / 2
		sum += math.Exp(log[q])
	}
	for q := range nodes {
		log[q] -= math.Log(sum)
	}
	return log
}

// expect places people on the nodes, given the difficulties: the E step. It gives
// the sums of their ability and its square, and how many they are.
func (f *fit) expect() (m1, m2, people float64) {
	for i, b := range f.b {
		for q := range nodes {
			f.loss[i][q] = softplus(node(q) - b)
			f.expected[i][q] = 0
		}
	}
	prior := f.prior()
	f.logLik = 0
	for _, p := range f.papers {
		base := f.baseOf(p, prior)
		var at [nodes]float64
		for _, g := range p.groups {
			posterior, log := place(&base, g.score)
			f.logLik += g.people * log
			people += g.people
			for q, w := range posterior {
				at[q] += g.people * w
			}
		}
		for q, w := range at {
			m1, m2 = m1+w*node(q), m2+w*node(q)*node(q)
		}
		for _, i := range p.items {
			e := &f.expected[i]
			for q := range nodes {
				e[q] += at[q]
			}
		}
	}
	f.addDifficulties()
	return m1, m2, people
}

// baseOf is the log-likelihood of a paper at each node but for the number right.
func (f *fit) baseOf(p paper, prior [nodes]float64) [nodes]float64 {
	base := prior
	for _, i := range p.items {
		loss := &f.loss[i]
		for q := range nodes {
			base[q] -= loss[q]
		}
	}
	return base
}

// addDifficulties completes the log-likelihood with what only depends on items.
func (f *fit) addDifficulties() {
	for i, b := range f.b {
		f.logLik -= f.right[i] * b
	}
}

// place gives the distribution of ability of people with a score, and the
// logarithm of its likelihood.
func place(base *[nodes]float64, score int) (posterior [nodes]float64, log float64) {
	highest := math.Inf(-1)
	for q := range nodes {
		posterior[q] = base[q] + float64(score)*node(q)
		highest = max(highest, posterior[q])
	}
	sum := 0.0
	for q := range nodes {
		posterior[q] = math.Exp(posterior[q] - highest)
		sum += posterior[q]
	}
	for q := range nodes {
		posterior[q] /= sum
	}
	return posterior, highest + math.Log(sum)
}

// improve moves each difficulty to where as many right are expected as there
// were: the M step, by Newton's method. It gives the largest move.
func (f *fit) improve() (moved float64) {
	for i := range f.b {
		before := f.b[i]
		for range 10 {
			right, information := 0.0, 0.0
			for q, n := range f.expected[i] {
				p := logistic(node(q) - f.b[i])
				right, information = right+n*p, information+n*p*(1-p)
			}
			step := (right - f.right[i]) / max(information, 1e-9)
			f.b[i] += max(-1, min(1, step))
			if math.Abs(step) < settled/10 {
				break
			}
		}
		moved = max(moved, math.Abs(f.b[i]-before))
	}
	return moved
}

func softplus(x float64) float64 {
	if x > 30 {
		return x
	}
	return math.Log1p(math.Exp(x))
}
