package psychometrics

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// row is one attempt, in the items that are fitted.
type row struct {
	items []int32 // ascending
	right []bool
	score int
}

func (r *row) add(item int32, right bool) {
	r.items, r.right = append(r.items, item), append(r.right, right)
	if right {
		r.score++
	}
}

// paper is a set of items with the people who had it.
type paper struct {
	items  []int32 // ascending
	groups []group // by score
}

// group is people with the same number right on the same paper.
type group struct {
	score  int
	people float64
	right  []float64 // of each item of the paper: how many of them got it right
}

// together puts people with the same paper together, and those with the same
// score among them.
func together(rows []row) []paper {
	number := map[string]int{}
	var papers []paper
	var key []byte
	for _, r := range rows {
		key = key[:0]
		for _, item := range r.items {
			key = binary.LittleEndian.AppendUint32(key, uint32(item))
		}
		n, known := number[string(key)]
		if !known {
			n = len(papers)
			number[string(key)] = n
			papers = append(papers, paper{items: r.items})
		}
		papers[n].join(r)
	}
	return papers
}

func (p *paper) join(r row) {
	at, found := slices.BinarySearchFunc(p.groups, r.score, func(g group, score int) int { return cmp.Compare(g.score, score) })
	if !found {
		p.groups = slices.Insert(p.groups, at, group{score: r.score, right: make([]float64, len(p.items))})
	}
	g := &p.groups[at]
	g.people++
	for k, right := range r.right {
		if right {
			g.right[k]++
		}
	}
}
