package question

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func yes() *bool             { v := true; return &v }
func num(v float64) *float64 { return &v }

// examples has one question of each kind.
func examples() map[Kind]Question {
	options := []Option{{Text: "a", Correct: true}, {Text: "b"}, {Text: "c", Correct: true}, {Text: "d"}}
	all := map[Kind]Question{
		Single:   {Options: []Option{{Text: "a", Correct: true}, {Text: "b"}, {Text: "c"}}},
		Multiple: {Options: options},
		TrueFalse: {Truth: yes(), Wrong: &Mistake{Feedback: "no"}, RightFeedback: "yes",
			Options: []Option{{Text: "because", Correct: true}, {Text: "although"}}},
		Match:     {Pairs: []Pair{{Left: "l1", Right: "r1"}, {Left: "l2", Right: "r2"}, {Left: "l3", Right: "r1"}}, Extra: []Choice{{Text: "r9"}}},
		Order:     {Sequence: []Choice{{Text: "1"}, {Text: "2"}, {Text: "3"}, {Text: "4"}}, Mistakes: []Mistake{{Feedback: "order"}}},
		Numeric:   {Answer: &Quantity{Value: 9, Tolerance: 0.5}, Mistakes: []Mistake{{Value: num(15), Feedback: "all"}}},
		Cloze:     {Blanks: []Blank{{Accepted: []string{"Security Council", "UNSC"}, Feedback: "think"}, {Accepted: []string{"nine"}}}},
		Judgement: {Options: []Option{{Text: "best", Grade: 3}, {Text: "fine", Grade: 2}, {Text: "poor", Grade: 1}, {Text: "harm"}}},
		Essay:     {MaxWords: 80, Model: "UNSC", Rubric: []Criterion{{Text: "UNSC when", Points: 2, Guide: "UNSC"}, {Text: "where", Points: 1}}},
	}
	for kind, q := range all {
		q.ID, q.Kind = ID("m.l."+string(kind)), kind
		Identify(&q)
		all[kind] = q
	}
	return all
}

func encode(t interface{ Fatal(...any) }, fields map[string]any) []byte {
	raw, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestScore(t *testing.T) {
	t.Parallel()
	q := examples()
	option := func(k Kind, i int) OptionID { return q[k].Options[i].ID }
	item := func(order ...int) (ids []OptionID) {
		for _, i := range order {
			ids = append(ids, q[Order].Sequence[i].ID)
		}
		return ids
	}
	pair := q[Match].Pairs
	tests := []struct {
		name     string
		kind     Kind
		response map[string]any
		want     float64
	}{
		{"single right", Single, map[string]any{"choice": option(Single, 0)}, 1},
		{"single wrong", Single, map[string]any{"choice": option(Single, 1)}, 0},
		{"single open", Single, map[string]any{}, 0},
		{"multiple one of two", Multiple, map[string]any{"choices": []OptionID{option(Multiple, 0)}}, 0.5},
		{"multiple a wrong pick takes a right one", Multiple, map[string]any{"choices": []OptionID{option(Multiple, 0), option(Multiple, 2), option(Multiple, 1)}}, 0.5},
		{"multiple everything is worth nothing", Multiple, map[string]any{"choices": []OptionID{option(Multiple, 0), option(Multiple, 1), option(Multiple, 2), option(Multiple, 3)}}, 0},
		{"multiple never below nothing", Multiple, map[string]any{"choices": []OptionID{option(Multiple, 1), option(Multiple, 3)}}, 0},
		{"true_false value alone is half", TrueFalse, map[string]any{"value": true}, 0.5},
		{"true_false reason alone is half", TrueFalse, map[string]any{"value": false, "reason": option(TrueFalse, 0)}, 0.5},
		{"true_false both", TrueFalse, map[string]any{"value": true, "reason": option(TrueFalse, 0)}, 1},
		{"match one of three", Match, map[string]any{"pairs": map[OptionID]OptionID{pair[0].LeftID: pair[0].RightID}}, 1. / 3},
		{"match two lefts share a right", Match, map[string]any{"pairs": map[OptionID]OptionID{pair[0].LeftID: pair[2].RightID, pair[2].LeftID: pair[0].RightID, pair[1].LeftID: pair[1].RightID}}, 1},
		{"order reversed", Order, map[string]any{"order": item(3, 2, 1, 0)}, 0},
		{"order one swap of neighbours", Order, map[string]any{"order": item(1, 0, 2, 3)}, 5. / 6},
		{"order unfinished", Order, map[string]any{"order": item(0, 1)}, 1. / 6},
		{"numeric at the tolerance", Numeric, map[string]any{"value": 9.5}, 1},
		{"numeric beyond it", Numeric, map[string]any{"value": 9.6}, 0},
		{"numeric with a unit", Numeric, map[string]any{"value": 9, "unit": "votes"}, 1},
		{"cloze folds", Cloze, map[string]any{"blanks": []string{" the SECURITY-council. ", "ten"}}, 0.5},
		{"judgement acceptable", Judgement, map[string]any{"choice": option(Judgement, 1)}, 2. / 3},
		{"judgement poor", Judgement, map[string]any{"choice": option(Judgement, 2)}, 1. / 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Score(q[test.kind], encode(t, test.response))
			if math.Abs(got.Fraction-test.want) > 1e-12 {
				t.Errorf("Score(%v) = %v, want %v", test.response, got.Fraction, test.want)
			}
			if got.Correct != (test.want == 1) {
				t.Errorf("Correct = %v for %v", got.Correct, got.Fraction)
			}
		})
	}
}

func TestCriticalFailure(t *testing.T) {
	t.Parallel()
	all := examples()
	critical := func(k Kind) Question { q := all[k]; q.Critical = true; return q }
	choice := func(k Kind, i int) []byte { return encode(t, map[string]any{"choice": all[k].Options[i].ID}) }
	tests := []struct {
		name     string
		q        Question
		response []byte
		want     bool
	}{
		{"an ordinary question never fails an attempt", all[Single], choice(Single, 1), false},
		{"a wrong answer does", critical(Single), choice(Single, 1), true},
		{"a right one does not", critical(Single), choice(Single, 0), false},
		{"half right does", critical(TrueFalse), []byte(`{"value":true}`), true},
		{"no answer does", critical(Single), nil, true},
		{"poor judgement does not", critical(Judgement), choice(Judgement, 2), false},
		{"harmful judgement does", critical(Judgement), choice(Judgement, 3), true},
		{"no judgement does", critical(Judgement), []byte(`{}`), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := Score(test.q, test.response).CriticalFailure; got != test.want {
				t.Errorf("CriticalFailure = %v, want %v", got, test.want)
			}
		})
	}
}

// TestKeyScoresFull: the key that people are shown is worth everything.
func TestKeyScoresFull(t *testing.T) {
	t.Parallel()
	for kind, q := range examples() {
		if got := Score(q, Key(q)); !kind.Marked() && (got.Fraction != 1 || !got.Correct) {
			t.Errorf("%s: the key %s is worth %v", kind, Key(q), got.Fraction)
		}
		if len(KeyLines(q)) == 0 {
			t.Errorf("%s: the key has no words", kind)
		}
	}
}

// anyResponse draws a response of the right shape, a wrong one or bytes.
func anyResponse(t *rapid.T, q Question) []byte {
	if rapid.IntRange(0, 9).Draw(t, "shape") == 0 {
		return rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
	}
	ids := append(optionIDs(q), choiceIDs(q.Sequence)...)
	lefts, rights := pairIDs(q)
	ids = append(append(append(ids, lefts...), rights...), "", "unknown")
	id := rapid.SampledFrom(ids)
	values := []any{true, false, 9.0, -1e300, "", nil, id.Draw(t, "value")}
	return encode(t, map[string]any{
		rapid.SampledFrom([]string{"choice", "reason", "value"}).Draw(t, "field"):         rapid.SampledFrom(values).Draw(t, "one"),
		rapid.SampledFrom([]string{"choices", "order", "blanks", "text"}).Draw(t, "list"): rapid.SliceOfN(id, 0, 6).Draw(t, "many"),
		"pairs": rapid.MapOf(id, id).Draw(t, "pairs"),
	})
}

// TestScoreIsTotalAndBounded: whatever is sent, the score is within 0 and 1
// and nothing panics.
func TestScoreIsTotalAndBounded(t *testing.T) {
	t.Parallel()
	all := examples()
	rapid.Check(t, func(t *rapid.T) {
		q := all[rapid.SampledFrom(Kinds).Draw(t, "kind")]
		q.Critical = rapid.Bool().Draw(t, "critical")
		got := Score(q, anyResponse(t, q))
		if !(got.Fraction >= 0 && got.Fraction <= 1) {
			t.Fatalf("the score is %v", got.Fraction)
		}
		if got.CriticalFailure && !q.Critical {
			t.Fatal("an ordinary question failed critically")
		}
	})
}

// TestScoreIgnoresTheOrderOfOptions: shuffling what is shown changes no score.
func TestScoreIgnoresTheOrderOfOptions(t *testing.T) {
	t.Parallel()
	all := examples()
	rapid.Check(t, func(t *rapid.T) {
		q := all[rapid.SampledFrom([]Kind{Single, Multiple, TrueFalse, Match, Judgement}).Draw(t, "kind")]
		response := anyResponse(t, q)
		want := Score(q, response).Fraction
		shuffled := q
		shuffled.Options = rapid.Permutation(q.Options).Draw(t, "options")
		shuffled.Pairs = rapid.Permutation(q.Pairs).Draw(t, "pairs order")
		if got := Score(shuffled, response).Fraction; got != want {
			t.Fatalf("Score(shuffled) = %v, want %v", got, want)
		}
	})
}

// TestShowTellsNothing: what a trainee sees holds every choice once, and no
// word of the key.
func TestShowTellsNothing(t *testing.T) {
	t.Parallel()
	all := examples()
	rapid.Check(t, func(t *rapid.T) {
		q := all[rapid.SampledFrom(Kinds).Draw(t, "kind")]
		seed := rapid.Int64().Draw(t, "seed")
		view := Show(q, seed)
		if len(view.Options) != len(q.Options) || len(view.Left) != len(q.Pairs) || len(view.Items) != len(q.Sequence) {
			t.Fatalf("choices are missing: %+v", view)
		}
		if q.Kind == Order && Score(q, encode(t, map[string]any{"order": choiceIDs(view.Items)})).Correct {
			t.Fatal("the items stand in the right order to begin with")
		}
		raw, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Correct", "Grade", "Feedback", "Accepted", "Misconception", "UNSC"} {
			if strings.Contains(string(raw), word) {
				t.Fatalf("the view holds %q: %s", word, raw)
			}
		}
	})
}

// TestShowIsStable: the same attempt shows the same order again, and does not
// touch the question that other attempts share.
func TestShowIsStable(t *testing.T) {
	t.Parallel()
	for kind, q := range examples() {
		before := encode(t, map[string]any{"q": q})
		first := encode(t, map[string]any{"v": Show(q, 42)})
		if again := encode(t, map[string]any{"v": Show(q, 42)}); string(first) != string(again) {
			t.Errorf("%s is shown in another order the second time", kind)
		}
		if after := encode(t, map[string]any{"q": q}); string(after) != string(before) {
			t.Errorf("showing %s changed it", kind)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"The Security-Council": "security council", "  É tat ": "e tat", "UN Charter (1945)": "un charter 1945",
		"l’État": "l etat", "The": "the", "": "", "МАНДАТ": "мандат",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzParseResponse(f *testing.F) {
	all := examples()
	for _, q := range all {
		f.Add(string(q.Kind), []byte(Key(q)))
	}
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		q, ok := all[Kind(kind)]
		if !ok {
			return
		}
		if got := Score(q, raw); !(got.Fraction >= 0 && got.Fraction <= 1) {
			t.Errorf("Score(%q) = %v", raw, got.Fraction)
		}
	})
}
