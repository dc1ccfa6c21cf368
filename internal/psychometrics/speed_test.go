package psychometrics

import "testing"

func BenchmarkMillionResponses(b *testing.B) {
	r := simulated(10_000, ladder(100), 1, 1, nil)
	b.ReportAllocs()
	for b.Loop() {
		Describe(r, 0.8)
		Items(r, 0.8)
		FitRasch(r)
	}
}

func BenchmarkDrawnPapers(b *testing.B) {
	r := simulated(10_000, ladder(200), 1, 0.5, nil)
	b.ReportAllocs()
	for b.Loop() {
		Describe(r, 0.8)
		Items(r, 0.8)
		FitRasch(r)
	}
}
