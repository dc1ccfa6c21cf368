package curriculum

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxProblems is where the decoder gives up on a single entry.
const maxProblems = 50

// parse reads one YAML document. Syntax errors are findings: nil comes back.
func (l *ledger) parse(file string, text []byte) (root ast.Node) {
	defer func() {
		// The parser is not ours: whatever an author writes must end in a finding.
		if p := recover(); p != nil {
			l.errorf(place{file, 1}, "cannot be read as YAML: %v", p)
			root = nil
		}
	}()
	parsed, err := parser.ParseBytes(text, 0)
	if err != nil {
		l.yamlError(place{file, 1}, err)
		return nil
	}
	if len(parsed.Docs) != 1 || parsed.Docs[0].Body == nil {
		l.errorf(place{file, 1}, "must hold one YAML document, holds %d", len(parsed.Docs))
		return nil
	}
	return parsed.Docs[0].Body
}

// decode fills out from node. Everything that does not fit is reported and left
// out, so that one slip hides neither its neighbours nor the next one.
func (l *ledger) decode(file string, node ast.Node, out any) {
	at := place{file, line(node)}
	defer func() {
		if p := recover(); p != nil {
			l.errorf(at, "cannot be read: %v", p)
		}
	}()
	for range maxProblems {
		err := yaml.NodeToValue(node, out, yaml.Strict())
		if err == nil {
			return
		}
		l.yamlError(at, err)
		var located yaml.Error
		if !errors.As(err, &located) || !cut(node, located.GetToken()) {
			return
		}
	}
}

func (l *ledger) yamlError(at place, err error) {
	var located yaml.Error
	if !errors.As(err, &located) {
		l.errorf(at, "%s", firstLine(err.Error()))
		return
	}
	if tk := located.GetToken(); tk != nil {
		at.line = tk.Position.Line
	}
	var wrong *yaml.TypeError
	if errors.As(err, &wrong) && wrong.SrcType != nil {
		l.errorf(at, "the value here is a %s, must be a %s", wrong.SrcType.Kind(), wrong.DstType.Kind())
		return
	}
	l.errorf(at, "%s", firstLine(located.GetMessage()))
}

// cut removes the entry at tk from node, and says whether it found one.
func cut(node ast.Node, tk *token.Token) bool {
	switch n := node.(type) {
	case *ast.MappingNode:
		for i, pair := range n.Values {
			if cut(pair.Value, tk) {
				return true
			}
			if pair.Key.GetToken() == tk || pair.Value.GetToken() == tk {
				n.Values = slices.Delete(n.Values, i, i+1)
				return true
			}
		}
	case *ast.SequenceNode:
		for i, value := range n.Values {
			if cut(value, tk) {
				return true
			}
			if value.GetToken() == tk {
				n.Values = slices.Delete(n.Values, i, i+1)
				return true
			}
		}
	}
	return false
}

// located is a decoded entry with the place where it stands.
type located[T any] struct {
	place
	value T
}

// decodeEach decodes the entries of a list one by one.
func decodeEach[T any](l *ledger, file string, nodes []ast.Node) []located[T] {
	entries := make([]located[T], 0, len(nodes))
	for _, node := range nodes {
		entry := located[T]{place: place{file, line(node)}}
		l.decode(file, node, &entry.value)
		entries = append(entries, entry)
	}
	return entries
}

// line gives the line on which node starts. A block mapping's own token is its
// first colon, so that the key before it is asked.
func line(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		node = m.Values[0].Key
	}
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// frontMatter splits a lesson file. The YAML keeps its line numbers: the fence
// is replaced by an empty line. bodyLine is the line on which the body starts.
func frontMatter(text string) (yamlText, body string, bodyLine int, err error) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", 0, fmt.Errorf("must start with front matter between two lines of ---")
	}
	head, body, ok := strings.Cut("\n"+rest, "\n---\n")
	if !ok {
		return "", "", 0, fmt.Errorf("the front matter has no closing line of ---")
	}
	return head + "\n", body, strings.Count(head, "\n") + 3, nil
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}
