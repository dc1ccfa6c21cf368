package credential

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

// printed gives all that the streams of a PDF hold, unpacked.
func printed(t *testing.T, pdf []byte) string {
	t.Helper()
	var out strings.Builder
	for _, part := range bytes.Split(pdf, []byte("stream\n"))[1:] {
		reader, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // the rest of "endstream"
		}
		raw, err := io.ReadAll(reader)
		must(t, err)
		out.Write(raw)
	}
	return out.String()
}

// onPage writes text as the page has it: UTF-16, with escapes.
func onPage(text string) string {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = append(raw, byte(unit>>8), byte(unit))
	}
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(string(raw))
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, text, font string }{
		"Latin":                         {"Amina Diallo", "Amina Diallo", "notosans-bold"},
		"Arabic":                        {"علي", "\ufef2\ufee0\ufecb", "notonaskharabic-bold"},
		"Chinese":                       {"朱镕基", "朱镕基", "notosanssc-bold"},
		"no font: the name of sign-in":  {"प्रकाश", "amina.diallo", "notosans-bold"},
		"no font: and the page says so": {"प्रकाश", "cannot print", "notosans-regular"},
	}
	s := newBook().service()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := issued()
			h.Name = test.name
			pdf, err := s.Certificate(h)
			must(t, err)
			page := printed(t, pdf)
			for _, want := range []string{test.text, "Basics of the field", "14 January 2029"} {
				if !strings.Contains(page, onPage(want)) {
					t.Errorf("the page lacks %q", want)
				}
			}
			if !bytes.Contains(pdf, []byte(test.font)) || !bytes.Contains(pdf, []byte("(https://muster.example/verify/"+h.ID+")")) {
				t.Errorf("the page lacks the font %s or the link", test.font)
			}
			again, err := s.Certificate(h)
			must(t, err)
			if !bytes.Equal(pdf, again) {
				t.Error("the same certificate twice is not the same bytes")
			}
		})
	}
}

// TestNoNameCanBePrinted: then the page names the credential.
func TestNoNameCanBePrinted(t *testing.T) {
	t.Parallel()
	h := issued()
	h.Name, h.Username = "प्रकाश थापा", "प्रकाश"
	pdf, err := newBook().service().Certificate(h)
	must(t, err)
	if !strings.Contains(printed(t, pdf), onPage("the holder of "+string(h.ID))) {
		t.Error("the page names nobody")
	}
}

// TestLongName: a name of the longest that an account may have stays on the page.
func TestLongName(t *testing.T) {
	t.Parallel()
	h := issued()
	h.Name = strings.Repeat("Wilhelmina ", 18)
	_, err := newBook().service().Certificate(h)
	must(t, err)
}
