package psychometrics

import "math"

// standardErrors are the square roots of the diagonal of the inverse of the
// observed information of the marginal likelihood (Louis 1982): the information
// there would be if abilities were known, minus what is lost because they are
// not. The spread of ability is one more parameter, unless it is given. Where that matrix cannot be
// inverted, as of very few people, abilities are taken as known.
func (f *fit) standardErrors(given bool) []float64 {
	n := len(f.b) + 1
	information := make([]float64, n*n)
	known := f.knownInformation(information, n)
	prior := f.prior()
	slopes := f.slopes()
	for _, p := range f.papers {
		base := f.baseOf(p, prior)
		for _, g := range p.groups {
			posterior, _ := place(&base, g.score)
			lose(information, n, p.items, &posterior, &slopes, g.people)
		}
	}
	errors := make([]float64, len(f.b))
	if given {
		clear(information[(n-1)*n:])
		information[n*n-1] = 1
	}
	inverse, ok := inverseDiagonal(information, n)
	for i := range errors {
		errors[i] = 1 / math.Sqrt(known[i])
		if ok {
			errors[i] = math.Sqrt(inverse[i])
		}
	}
	return errors
}

// knownInformation fills the diagonal with what would be known of each parameter
// if abilities were known, and gives it.
func (f *fit) knownInformation(matrix []float64, n int) []float64 {
	known := make([]float64, n)
	for i, b := range f.b {
		for q, people := range f.expected[i] {
			known[i] += people * Information(b, node(q))
		}
	}
	prior := f.prior()
	for _, p := range f.papers {
		base := f.baseOf(p, prior)
		for _, g := range p.groups {
			posterior, _ := place(&base, g.score)
			for q, w := range posterior {
				z := node(q) / f.spread
				known[n-1] += g.people * w * (3*z*z - 1) / (f.spread * f.spread)
			}
		}
	}
	for i, v := range known {
		matrix[i*n+i] = v
	}
	return known
}

// slopes are, at each node, the chance of being right on each item and, last, the
// slope of the log density of ability by its spread.
func (f *fit) slopes() [nodes][]float64 {
	var slopes [nodes][]float64
	for q := range nodes {
		slopes[q] = make([]float64, len(f.b)+1)
		for i, b := range f.b {
			slopes[q][i] = logistic(node(q) - b)
		}
		z := node(q) / f.spread
		slopes[q][len(f.b)] = (z*z - 1) / f.spread
	}
	return slopes
}

// lose takes away from the information of a paper's items the covariance of the
// slopes over where people with a score may be. Nodes where nobody is are left out.
func lose(matrix []float64, n int, items []int32, posterior *[nodes]float64, slopes *[nodes][]float64, people float64) {
	m := len(items) + 1
	at := func(k int) int {
		if k == m-1 {
			return n - 1
		}
		return int(items[k])
	}
	centre, distance := make([]float64, m), make([]float64, m)
	for q, w := range posterior {
		for k := range m {
			centre[k] += w * slopes[q][at(k)]
		}
	}
	for q, w := range posterior {
		if w < nobody {
			continue
		}
		for k := range m {
			distance[k] = slopes[q][at(k)] - centre[k]
		}
		for k := range m {
			line, d := matrix[at(k)*n:], people*w*distance[k]
			for l := range k + 1 {
				line[at(l)] -= d * distance[l]
			}
		}
	}
}

// inverseDiagonal gives the diagonal of the inverse of a symmetric matrix, of
// which the lower half is set; not ok where it is not positive definite. It
// factors in place (Cholesky).
func inverseDiagonal(a []float64, n int) (diagonal []float64, ok bool) {
	for j := range n {
		for i := j; i < n; i++ {
			sum := a[i*n+j]
			for k := range j {
				sum -= a[i*n+k] * a[j*n+k]
			}
			if i > j {
				a[i*n+j] = sum / a[j*n+j]
				continue
			}
			if sum <= 1e-9 {
				return nil, false
			}
			a[j*n+j] = math.Sqrt(sum)
		}
	}
	diagonal = make([]float64, n)
	column := make([]float64, n)
	for j := range n { // solve L x = e_j; the diagonal is the square of x's length
		for i := j; i < n; i++ {
			sum := 0.0
			if i == j {
				sum = 1
			}
			for k := j; k < i; k++ {
				sum -= a[i*n+k] * column[k]
			}
			column[i] = sum / a[i*n+i]
			diagonal[j] += column[i] * column[i]
		}
	}
	return diagonal, true
}
