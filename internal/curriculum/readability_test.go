package curriculum

import (
	"math"
	"testing"
)

func TestSyllables(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]int{
		"peace": 1, "mandate": 2, "council": 2, "people": 2, "wanted": 2, "the": 1, "security": 4,
		"(table),": 2, "1945": 1, "missions": 2, "helped": 1, "rules": 1, "forces": 2, "agreed": 2, "e": 1,
	} {
		if got := syllables(word); got != want {
			t.Errorf("syllables(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestReadingGrade(t *testing.T) {
	t.Parallel()
	tests := []struct {
		prose string
		want  float64
	}{
		{"", 0},
		// 6 words, 1 sentence, 6 syllables: 0.39·6 + 11.8·1 − 15.59.
		{"The cat sat on the mat.", -1.45},
		// Two sentences of 3 words, 6 syllables in all: 0.39·3 + 11.8 − 15.59.
		{"The cat sat. It was big!\n", -2.62},
		// 4 words, 1 sentence, 12 syllables: 0.39·4 + 11.8·3 − 15.59.
		{"Security authority deliberates imminently", 0.39*4 + 11.8*16/4 - 15.59},
	}
	for _, tt := range tests {
		if got := readingGrade(tt.prose); math.Abs(got-tt.want) > 0.005 {
			t.Errorf("readingGrade(%q) = %.3f, want %.3f", tt.prose, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for prose, want := range map[string]int{"": 0, "one two\nthree": 3, "a - b": 2, "self-defence (1945)": 2} {
		if got := words(prose); got != want {
			t.Errorf("words(%q) = %d, want %d", prose, got, want)
		}
	}
}
