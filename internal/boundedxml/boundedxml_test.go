package boundedxml

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// last reads to the end and gives the error that is there, and how many tokens
// came before it.
func last(d *Decoder) (tokens int, err error) {
	for {
		if _, err := d.Token(); err != nil {
			return tokens, err
		}
		tokens++
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	attributes := func(n int) string { return "<a " + strings.Repeat(`b="" `, n) + "/>" }
	tests := map[string]struct {
		text   string
		tokens int
		err    error
	}{
		"whole":               {"<a b='1'>it's <c/></a>", 5, io.EOF},
		"a long text":         {"<a>" + strings.Repeat("b", 2000) + "</a>", 2, ErrLong}, // of which there is a part
		"a long name":         {"<" + strings.Repeat("b", 2000) + "/>", 0, ErrLong},
		"deep":                {strings.Repeat("<a>", 257), 256, ErrDeep},
		"as deep as can be":   {strings.Repeat("<a>", 256) + strings.Repeat("</a>", 256), 512, io.EOF},
		"wide, and not deep":  {"<r>" + strings.Repeat("<a/>", 1000) + "</r>", 2002, io.EOF},
		"quotes in all":       {"<r>" + strings.Repeat("<a b='' c=''/>", 30_000) + "</r>", 60_002, io.EOF},
		"a few attributes":    {attributes(100), 2, io.EOF},
		"not too many either": {"<r>" + attributes(190) + attributes(190) + "</r>", 6, io.EOF},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, in := range []io.Reader{strings.NewReader(test.text), iotest.OneByteReader(strings.NewReader(test.text))} {
				if tokens, err := last(New(in, 1000)); tokens != test.tokens || !errors.Is(err, test.err) {
					t.Errorf("%d tokens and %v, want %d and %v", tokens, err, test.tokens, test.err)
				}
			}
		})
	}
	if _, err := last(New(strings.NewReader(attributes(60_000)), 1<<20)); !errors.Is(err, ErrAttributes) {
		t.Errorf("60,000 attributes give %v", err)
	}
	var broken *xml.SyntaxError
	if _, err := last(New(strings.NewReader("<a></b>"), 1000)); !errors.As(err, &broken) {
		t.Errorf("an element that another closes gives %v", err)
	}
}
