package element

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/errs"
	"muster/internal/interchange"
)

func TestParse(t *testing.T) {
	t.Parallel()
	root, err := Parse(t.Context(), "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<a:r x='1' b:y=' 2 '>one <!-- no --><k>two</k>\n<k>t&#x202e;hree<![CDATA[<4>]]></k></a:r>", interchange.Usual())
	if err != nil {
		t.Fatal(err)
	}
	if root.Name != "r" || root.Line != 2 || root.Value("x") != "1" || root.Value("y") != "2" || root.Value("z") != "" {
		t.Errorf("the root is %+v", root)
	}
	kids := root.Children("k")
	if len(kids) != 2 || kids[1].Line != 3 || kids[1].Plain() != "three<4>" || root.Child("k").Plain() != "two" || root.Child("k", "no").Plain() != "" {
		t.Errorf("its kids are %v", kids)
	}
	if got := root.Inner(); got != "one <k>two</k>\n<k>three&lt;4&gt;</k>" {
		t.Errorf("inside is %q", got)
	}
}

func TestEach(t *testing.T) {
	t.Parallel()
	var names []string
	err := Each(t.Context(), "<r v='1'><a><b/></a> text <c/></r>", interchange.Usual(), func(root, piece *Element) error {
		names = append(names, root.Value("v")+piece.Name+piece.Inner())
		return nil
	})
	if diff := cmp.Diff([]string{"1a<b/>", "1c"}, names); err != nil || diff != "" {
		t.Errorf("visited (-want +got):\n%s, %v", diff, err)
	}
	var broken *Broken
	err = Each(t.Context(), "<r>\n<a/>\n<b></r>", interchange.Usual(), func(_, _ *Element) error { return nil })
	if !errors.As(err, &broken) || broken.Line != 3 {
		t.Errorf("a break gives %v", err)
	}
	stop := errors.New("stop")
	if err := Each(t.Context(), "<r><a/></r>", interchange.Usual(), func(_, _ *Element) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("visit's error becomes %v", err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a document type": "<!DOCTYPE a><a/>",
		"an entity":       "<a>&nbsp;</a>",
		"no root":         " ",
		"two roots open":  "<a>",
		"too deep":        strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65),
	} {
		if _, err := Parse(t.Context(), text, interchange.Usual()); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s gives %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Parse(ctx, "<a/>", interchange.Usual()); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ended gives %v", err)
	}
}

func TestLongPiecesAreCut(t *testing.T) {
	t.Parallel()
	root, err := Parse(t.Context(), "<r>"+strings.Repeat("<a><b/></a>", 15_000)+"</r>", interchange.Usual())
	if err != nil || !root.Cut || len(root.Kids) > maxKept {
		t.Errorf("cut %v, %d kids, %v", root.Cut, len(root.Kids), err)
	}
}

// TestWhatIsWrittenIsRead: texts and values come back, whatever is in them.
func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := interchange.CleanText(rapid.String().Draw(t, "text"))
		e := New("r", "v", text).Stacked(New("k").With(Run(text)), New("none"))
		back, err := Parse(context.Background(), Header+e.String(), interchange.Usual())
		if strings.ContainsAny(text, "\uFFFE\uFFFF") {
			return // XML has no sign for these
		}
		if err != nil || back.Value("v") != text || back.Child("k").Plain() != text {
			t.Fatalf("%q is written as %q and read as %+v, %v", text, e, back, err)
		}
	})
}

func TestReplace(t *testing.T) {
	t.Parallel()
	deep := New("d")
	root := New("r").With(New("a").With(deep, Run("x")), nil)
	root.Replace(deep, Run("1"), Run("2"))
	if got := root.String(); got != "<r><a>12x</a></r>" {
		t.Errorf("replaced: %s", got)
	}
	if found := root.All(Named("a")); len(found) != 1 || (*Element)(nil).All(Named("a")) != nil {
		t.Errorf("found %v", found)
	}
}
