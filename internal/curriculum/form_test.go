package curriculum_test

import (
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// A form reader knows nothing of the subject. From the choice items of other
// modules it learns how a key looks: its length beside the other options, its
// punctuation, and the words that every text has (a, if, and, never, because …).
// Then it bets on a key in each item of a module that it has not seen: a softmax
// over the options of an item, fitted by stochastic gradient with decay.
type formReader map[string]float64

// formWords are words without a subject: they carry tone, hedges and excuses.
var formWords = set(`a an the and or but if so that which who whom whose because since as when while before after until unless
though although for from with without by to of in on at into onto over under about than then it its they them their he him his
she her you your we our not no never only all any each every some both must may can could should will would is are was were be
been has have had do does did this these those there here more most less least first now again still even just alone own same
other another what how why where also too very`)

var word = regexp.MustCompile(`\p{L}[\p{L}’']*`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// choiceItem is the form of an item's options, and which is the key.
type choiceItem struct {
	module  curriculum.ModuleSlug
	options []map[string]float64
	key     int
}

// formOf sees nothing of an option but its form; mean is the mean length of the
// item's options.
func formOf(text string, mean, shortest, longest float64) map[string]float64 {
	length := float64(utf8.RuneCountInString(text))
	f := map[string]float64{"length": (length - mean) / mean, "commas": float64(strings.Count(text, ","))}
	for name, is := range map[string]bool{
		"longest": length == longest, "shortest": length == shortest,
		"digits": strings.ContainsAny(text, "0123456789"), "quotes": strings.Contains(text, "“"),
	} {
		if is {
			f[name] = 1
		}
	}
	for i, w := range word.FindAllString(strings.ToLower(text), -1) {
		if formWords[w] {
			f["word "+w] = 1
			if i == 0 {
				f["begins "+w] = 1
			}
		}
	}
	return f
}

// choiceItems are the items of a pool of which one option is the key.
func choiceItems(c *curriculum.Catalogue, pool question.Pool) []choiceItem {
	var items []choiceItem
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			for _, q := range l.Questions {
				single := q.Kind == question.Single || q.Kind == question.Judgement || q.Kind == question.TrueFalse
				if !single || q.Pool != pool || len(q.Options) == 0 {
					continue
				}
				item := choiceItem{module: m.Slug, key: -1}
				sum, shortest, longest := 0.0, math.Inf(1), 0.0
				for _, o := range q.Options {
					n := float64(utf8.RuneCountInString(o.Text))
					sum, shortest, longest = sum+n, min(shortest, n), max(longest, n)
				}
				for i, o := range q.Options {
					item.options = append(item.options, formOf(o.Text, sum/float64(len(q.Options)), shortest, longest))
					if o.Correct || o.Grade == 3 {
						item.key = i
					}
				}
				items = append(items, item)
			}
		}
	}
	return items
}

func (r formReader) scores(item choiceItem) []float64 {
	scores := make([]float64, len(item.options))
	for i, option := range item.options {
		for name, value := range option {
			scores[i] += r[name] * value
		}
	}
	return scores
}

// learn fits the reader to items.
func learn(items []choiceItem) formReader {
	const (
		rounds = 60
		decay  = 0.005
	)
	r := formReader{}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		rate := 0.1 / (1 + 0.1*float64(round))
		for _, at := range random.Perm(len(items)) {
			item := items[at]
			odds, total := r.scores(item), 0.0
			for i, s := range odds {
				odds[i] = math.Exp(s)
				total += odds[i]
			}
			for i, option := range item.options {
				wrong := -odds[i] / total
				if i == item.key {
					wrong++
				}
				for name, value := range option {
					r[name] += rate * (wrong*value - decay*r[name])
				}
			}
		}
	}
	return r
}

// trial lets readers bet on the items of each module after learning from those
// of all others. It gives how many keys they find, and how many chance finds,
// with its standard deviation.
func trial(items []choiceItem) (found int, chance, deviation float64) {
	byModule := map[curriculum.ModuleSlug][2][]choiceItem{} // of others, of its own
	for _, item := range items {
		byModule[item.module] = [2][]choiceItem{}
	}
	for m := range byModule {
		var others, own []choiceItem
		for _, item := range items {
			if item.module == m {
				own = append(own, item)
			} else {
				others = append(others, item)
			}
		}
		reader := learn(others)
		for _, item := range own {
			best, scores := 0, reader.scores(item)
			for i, s := range scores {
				if s > scores[best] {
					best = i
				}
			}
			if best == item.key {
				found++
			}
			p := 1 / float64(len(item.options))
			chance, deviation = chance+p, deviation+p*(1-p)
		}
	}
	return found, chance, math.Sqrt(deviation)
}

// TestFormDoesNotGiveTheKeyAway: somebody who knows nothing of the subject finds
// the keys of exam items no more often than chance does.
func TestFormDoesNotGiveTheKeyAway(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	items := choiceItems(c, question.Exam)
	found, chance, deviation := trial(items)
	t.Logf("form alone finds the key in %d of %d exam items; chance finds %.1f ± %.1f", found, len(items), chance, deviation)
	if float64(found) > chance+2*deviation {
		t.Errorf("form alone finds the key in %d of %d exam items, chance only in %.1f ± %.1f", found, len(items), chance, deviation)
	}
}

// TestFormReaderSeesAHint: a hint that keys of a third of the items have is found.
func TestFormReaderSeesAHint(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	items := choiceItems(c, question.Exam)
	for i := 0; i < len(items); i += 3 {
		items[i].options[items[i].key]["begins hint"] = 1
	}
	if found, chance, deviation := trial(items); float64(found) <= chance+2*deviation {
		t.Errorf("form finds the key in %d items, chance in %.1f ± %.1f: the hint was not seen", found, chance, deviation)
	}
}
