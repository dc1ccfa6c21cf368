package drafting_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/drafting"
)

const (
	contentDir  = "../../content"
	articlesDir = "../../../shared/sources" // not in the repository, but beside it
)

var (
	frontMatter = regexp.MustCompile(`(?s)^---\n.*?\n---\n`)
	titleLine   = regexp.MustCompile(`(?m)^title: (.*)$`)
	markers     = regexp.MustCompile(` ?\[\]\([^)]*\)`)
)

// lessons reads the lessons of content/ as documents.
func lessons(t testing.TB) []document.Document {
	t.Helper()
	files, err := filepath.Glob(contentDir + "/modules/*/lessons/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lessons below %s: %v", contentDir, err)
	}
	var docs []document.Document
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body := markers.ReplaceAllString(frontMatter.ReplaceAllString(string(raw), ""), "")
		if title := titleLine.FindStringSubmatch(string(raw)); title != nil {
			body = "# " + strings.Trim(title[1], `"`) + "\n\n" + body
		}
		docs = append(docs, read(t, document.Markdown, file, body))
	}
	return docs
}

// articles reads the five articles where they are at hand, else nil.
func articles(t testing.TB) []document.Document {
	t.Helper()
	files, err := filepath.Glob(articlesDir + "/*.txt")
	if err == nil && files == nil { // a second checkout lies one directory deeper
		files, err = filepath.Glob("../" + articlesDir + "/*.txt")
	}
	if err != nil {
		t.Fatal(err)
	}
	var docs []document.Document
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(raw), "\n", "\n\n") // one of them has no blank lines
		docs = append(docs, read(t, document.Text, file, text))
	}
	return docs
}

func read(t testing.TB, format document.Format, name, text string) document.Document {
	t.Helper()
	doc, _, err := document.Read(context.Background(), format, filepath.Base(name), []byte(text))
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return doc
}

// glossary reads the glossary of content/.
func glossary(t testing.TB) []drafting.Term {
	t.Helper()
	catalogue, _, err := curriculum.Read(os.DirFS(contentDir))
	if err != nil {
		t.Fatal(err)
	}
	names := map[curriculum.TermID]string{}
	for _, x := range catalogue.Glossary {
		names[x.ID] = x.Term
	}
	var terms []drafting.Term
	for _, x := range catalogue.Glossary {
		term := drafting.Term{Name: x.Term, Definition: x.Definition}
		for _, id := range x.See {
			term.See = append(term.See, names[id])
		}
		terms = append(terms, term)
	}
	return terms
}
