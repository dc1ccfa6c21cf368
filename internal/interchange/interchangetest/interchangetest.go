// Package interchangetest holds what the tests of every format of questions
// have in common: questions drawn at random, and the promises that each format
// keeps on them and on any file.
package interchangetest

import (
	"context"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"muster/internal/interchange"
	"muster/internal/question"
)

// Same compares items; their lines and the order of nothing are not looked at.
var Same = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreFields(interchange.Item{}, "Line")}

// RoundTrip draws items, leaves of each what keep does, and checks that the
// format gives them back as they were, without a finding. keep may refuse an item.
func RoundTrip(t *testing.T, f interchange.Format, keep func(*interchange.Item) bool, kinds ...question.Kind) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		var items []interchange.Item
		for range rapid.IntRange(1, 4).Draw(t, "items") {
			if item := interchange.Clean(Item(kinds...).Draw(t, "item")); keep(&item) {
				items = append(items, item)
			}
		}
		if len(items) == 0 {
			t.Skip("the format carries none of these")
		}
		file, findings, err := f.Write(items)
		if err != nil || len(findings) > 0 {
			t.Fatalf("Write(%+v) found %+v, %v", items, findings, err)
		}
		back, findings, err := f.Read(context.Background(), file, interchange.Usual())
		if err != nil || slices.ContainsFunc(findings, loss) {
			t.Fatalf("Read(%s) found %+v, %v", file, findings, err)
		}
		if diff := cmp.Diff(items, back, Same); diff != "" {
			t.Fatalf("the questions came back changed (-written +read):\n%s\n%s", diff, file)
		}
	})
}

// loss says whether a finding is more than something to know: an essay may come
// without a rubric, and is told to need one.
func loss(f interchange.Finding) bool {
	return f.Severity != interchange.Note && f.Message != interchange.NoRubric
}

// LosesNothingInSilence draws items with all there is and checks that what a
// format leaves out is found, and that what it writes is stable from then on.
func LosesNothingInSilence(t *testing.T, f interchange.Format, kinds ...question.Kind) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		item := interchange.Clean(Item(kinds...).Draw(t, "item"))
		file, findings, err := f.Write([]interchange.Item{item})
		if err != nil {
			t.Fatal(err)
		}
		refused := false
		for _, found := range findings {
			refused = refused || found.Severity == interchange.Error
		}
		if refused {
			return
		}
		back, _, err := f.Read(context.Background(), file, interchange.Usual())
		if err != nil || len(back) != 1 {
			t.Fatalf("%d items came back of\n%s: %v", len(back), file, err)
		}
		lost, ok := interchange.Carried(item, back[0])
		if (!ok || len(lost) > 0) && len(findings) == 0 {
			t.Fatalf("%v was lost (same question: %v) and nothing said so:\n%s", lost, ok, file)
		}
		again(t, f, back)
	})
}

// again checks that items that were read are written and read without change.
func again(t rapid.TB, f interchange.Format, items []interchange.Item) {
	t.Helper()
	file, findings, err := f.Write(items)
	if err != nil {
		t.Fatal(err)
	}
	back, _, err := f.Read(context.Background(), file, interchange.Usual())
	if err != nil || len(back) != len(items) {
		t.Fatalf("%d of %d items came back the second time of\n%s: %v %v", len(back), len(items), file, err, findings)
	}
	if diff := cmp.Diff(items, back, Same); diff != "" {
		t.Fatalf("import → export → import changed something (-first +second):\n%s\n%s", diff, file)
	}
}

// Fuzz reads whatever comes and checks what every reader promises; what can be
// written of it comes back.
func Fuzz(f *testing.F, format interchange.Format, seeds ...string) {
	f.Helper()
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		items, findings, err := format.Read(ctx, file, interchange.Usual())
		if ctx.Err() != nil {
			t.Fatalf("reading %d bytes took longer than 20 seconds", len(file))
		}
		if err != nil {
			return
		}
		if len(items) == 0 && len(findings) == 0 {
			t.Fatal("neither a question nor a finding, and no error")
		}
		for _, item := range items {
			if item.Line < 1 || item.Question.Stem == "" || !utf8.ValidString(item.Question.Stem) {
				t.Fatalf("an item that is none: %+v", item)
			}
		}
		written(t, format, items)
	})
}

// written checks that each item that the format writes comes back as it was.
func written(t *testing.T, format interchange.Format, items []interchange.Item) {
	t.Helper()
	for _, item := range items[:min(len(items), 20)] {
		file, findings, err := format.Write([]interchange.Item{item})
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) > 0 {
			continue
		}
		back, _, err := format.Read(t.Context(), file, interchange.Usual())
		if err != nil || len(back) != 1 {
			t.Fatalf("%+v was written as\n%s\nand read as %+v, %v", item, file, back, err)
		}
		if diff := cmp.Diff(interchange.Clean(item), back[0], Same); diff != "" {
			t.Fatalf("changed (-read +read again):\n%s\n%s", diff, file)
		}
	}
}
