package question

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
)

// View is a question as a trainee sees it before release: nothing in it says
// which option is right, or whether the question is critical.
type View struct {
	ID       ID
	Kind     Kind
	Stem     string
	Pictures []Picture
	Options  []Choice // single, multiple, judgement; the reasons of true_false
	Left     []Choice // match
	Right    []Choice // match, distinct
	Items    []Choice // order
	Unit     string   // numeric
	Blanks   int      // cloze
	Words    int      // essay: at most, 0 = not said
}

// Show makes the view of q. All parts are shuffled by seed, which belongs to
// the attempt: the same attempt shows the same order again.
func Show(q Question, seed int64) View {
	v := View{ID: q.ID, Kind: q.Kind, Stem: q.Stem, Blanks: len(q.Blanks), Words: q.MaxWords, Pictures: slices.Clone(q.Pictures)}
	random := shuffler(q.ID, seed)
	for _, o := range q.Options {
		v.Options = append(v.Options, Choice{ID: o.ID, Text: o.Text})
	}
	for _, p := range q.Pairs {
		v.Left = append(v.Left, Choice{ID: p.LeftID, Text: p.Left})
		right := Choice{ID: p.RightID, Text: p.Right}
		if !slices.Contains(v.Right, right) {
			v.Right = append(v.Right, right)
		}
	}
	v.Right = append(v.Right, q.Extra...)
	v.Items = slices.Clone(q.Sequence)
	if q.Answer != nil {
		v.Unit = q.Answer.Unit
	}
	for _, choices := range [][]Choice{v.Options, v.Left, v.Right, v.Items} {
		random.Shuffle(len(choices), func(i, j int) { choices[i], choices[j] = choices[j], choices[i] })
	}
	if isSequence(v.Items, q.Sequence) && len(v.Items) > 1 {
		v.Items = append(v.Items[1:], v.Items[0]) // never offer the key as the order to start from
	}
	return v
}

func isSequence(a, b []Choice) bool { return len(a) > 0 && slices.Equal(a, b) }

func shuffler(id ID, seed int64) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(id))
	return rand.New(rand.NewPCG(uint64(seed), h.Sum64()))
}
