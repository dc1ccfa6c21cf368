package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/internal/question"
)

// Standing says what became of an anchored passage in another edition.
type Standing string

// The standings.
const (
	Kept    Standing = "kept"    // where it was
	Moved   Standing = "moved"   // the same words in another place
	Changed Standing = "changed" // the words are others; the anchor shows the passage that took its place
	Gone    Standing = "gone"    // nothing like it is left
)

// Stands says whether the words that support a key are still there.
func (s Standing) Stands() bool { return s == Kept || s == Moved }

// sameShare is the share of words that a passage must have in common with an
// old one to be shown as what it became.
const sameShare = 0.5

// Reanchor follows an anchor of an old edition into a new one. What must be
// found again is the whole sentence around the quote, so that "must" becoming
// "must not" is a change wherever the quote ends: first where it was, then in
// the same section, then anywhere, where only one passage has it.
func Reanchor(old, edition Document, a question.Anchor) (question.Anchor, Standing) {
	return NewFollower(old, edition).Follow(a)
}

// Follower follows anchors of one edition into another. It folds the passages
// once for all of them.
type Follower struct {
	old, edition Document
	passages     []target
}

// target is a passage of the new edition, folded.
type target struct {
	section string
	passage Passage
	folded  string
}

// NewFollower prepares following anchors from one edition into another.
func NewFollower(old, edition Document) *Follower {
	f := &Follower{old: old, edition: edition}
	for _, s := range edition.Sections {
		for _, p := range s.Passages {
			folded, _ := question.FoldQuote(p.Text)
			f.passages = append(f.passages, target{s.Slug, p, string(folded)})
		}
	}
	return f
}

// Follow gives the anchor in the new edition, and how it stands there.
func (f *Follower) Follow(a question.Anchor) (question.Anchor, Standing) {
	before, _ := f.old.Passage(a.Section, a.Paragraph)
	wanted := wantedOf(before.Text, a)
	if wanted.text == "" {
		return a, Gone
	}
	if at, ok := f.passage(wanted, a); ok {
		moved := wanted.anchor(at, f.edition)
		standing := Moved
		if at.section == a.Section && at.passage.Number == a.Paragraph {
			standing = Kept
		}
		return moved, standing
	}
	if at, ok := f.likest(before.Text, a.Section); ok {
		changed, _ := f.edition.Anchor(at.section, at.passage.Number, 0, 0)
		return changed, Changed
	}
	return a, Gone
}

// passage finds the passage that has what is wanted: the same one, the nearest
// of the section, or the only one of the document.
func (f *Follower) passage(w wanted, a question.Anchor) (found target, ok bool) {
	var elsewhere []target
	nearest := -1
	for _, t := range f.passages {
		if w.find(t) < 0 {
			continue
		}
		distance := abs(t.passage.Number - a.Paragraph)
		switch {
		case t.section != a.Section:
			elsewhere = append(elsewhere, t)
		case nearest < 0 || distance < nearest:
			found, nearest = t, distance
		}
	}
	switch {
	case nearest >= 0:
		return found, true
	case len(elsewhere) == 1:
		return elsewhere[0], true
	}
	return target{}, false
}

// likest finds the passage that shares most words with a text, those of the
// section first.
func (f *Follower) likest(text, section string) (best target, ok bool) {
	words := wordsOf(text)
	most := 0.0
	for _, t := range f.passages {
		share := alike(words, wordsOf(t.passage.Text))
		if share >= sameShare && (share > most || share == most && t.section == section && best.section != section) {
			best, most, ok = t, share, true
		}
	}
	return best, ok
}

// wordsOf gives the different words of a text.
func wordsOf(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(question.Fold(text)) {
		set[word] = true
	}
	return set
}

// alike is the share of two sets of words that is in both (Dice): 0 to 1.
func alike(a, b map[string]bool) float64 {
	both := 0
	for word := range a {
		if b[word] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(len(a)+len(b), 1))
}

// wanted is what must be found again: the folded sentence around a quote, and
// where in it the quote is.
type wanted struct {
	text  string
	start int // of the quote, in folded runes of text
	end   int
	where int  // of text in the old passage, in folded runes
	whole bool // text is whole sentences
}

// wantedOf takes the sentence around the quote. Where the old passage does not
// have the quote, the quote alone is wanted.
func wantedOf(passage string, a question.Anchor) wanted {
	runes := []rune(passage)
	if a.Start < 0 || a.End > len(runes) || a.Start >= a.End || string(runes[a.Start:a.End]) != a.Quote {
		folded, _ := question.FoldQuote(a.Quote)
		return wanted{text: string(folded), end: len(folded)}
	}
	from, to := sentence(runes, a.Start, a.End)
	folded, at := question.FoldQuote(string(runes[from:to]))
	w := wanted{text: string(folded), start: len(folded), whole: true}
	for i, place := range at {
		if place += from; place >= a.Start && place < a.End {
			w.start, w.end = min(w.start, i), i+1
		}
	}
	if w.start >= w.end {
		return wanted{}
	}
	before, _ := question.FoldQuote(string(runes[:from]))
	w.where = len(before)
	return w
}

// find gives the place of the sentence in a passage, in folded runes, -1 where it
// is not there; of several, the one nearest to the old.
func (w wanted) find(t target) int {
	best := -1
	if !strings.Contains(t.folded, w.text) {
		return best
	}
	_, at := question.FoldQuote(t.passage.Text)
	runes, long := []rune(t.passage.Text), utf8.RuneCountInString(w.text)
	for from, here := 0, 0; ; {
		i := strings.Index(t.folded[from:], w.text)
		if i < 0 {
			return best
		}
		here += utf8.RuneCountInString(t.folded[from : from+i])
		if (best < 0 || abs(here-w.where) < abs(best-w.where)) && w.fits(runes, at[here], at[here+long-1]+1) {
			best = here
		}
		_, size := utf8.DecodeRuneInString(t.folded[from+i:])
		from, here = from+i+size, here+1
	}
}

// fits says whether the text at a place of a passage is whole sentences there too:
// "They report" within "Rarely they report" is not. Between it and the ends of its
// sentence there is nothing that folding keeps.
func (w wanted) fits(passage []rune, start, end int) bool {
	if !w.whole {
		return true
	}
	for ; start > 0 && !endsBefore(passage, start); start-- {
		if !question.Unfolded(passage[start-1]) {
			return false
		}
	}
	for ; end < len(passage) && !endsBefore(passage, end); end++ {
		if !question.Unfolded(passage[end]) {
			return false
		}
	}
	return true
}

// anchor makes the anchor of the quote in a passage that has the sentence.
func (w wanted) anchor(t target, edition Document) question.Anchor {
	_, at := question.FoldQuote(t.passage.Text)
	here := w.find(t)
	a, _ := edition.Anchor(t.section, t.passage.Number, at[here+w.start], at[here+w.end-1]+1)
	return a
}

func abs(n int) int { return max(n, -n) }

// sentence widens a span to the sentences that it touches.
func sentence(text []rune, start, end int) (from, to int) {
	from, to = start, end
	for from > 0 && !endsBefore(text, from) {
		from--
	}
	for to < len(text) && !endsBefore(text, to) {
		to++
	}
	return from, to
}

// endsBefore says whether a sentence ends right before a place: a full stop, a
// space and a capital, or a full stop and the end. "U.N. " followed by a capital
// counts too, and makes the sentence shorter than it is; that does no harm.
func endsBefore(text []rune, at int) bool {
	if at < 2 || !unicode.IsSpace(text[at-1]) || unicode.IsLower(text[at]) {
		return false
	}
	i := at - 2
	for i > 0 && slices.Contains([]rune(`"'”’)»`), text[i]) {
		i--
	}
	return slices.Contains([]rune(".!?…。؟"), text[i])
}
