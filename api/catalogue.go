package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// page is a catalogue reply, made ahead: the content does not change while the
// server runs, only who has approved it. It is compressed when first asked for.
type page struct {
	plain   []byte
	gzipped func() []byte
	etag    string
	headers []header
}

var jsonType = []byte(fiber.MIMEApplicationJSON)

// catalogueRoutes makes the reply of every catalogue address at start, and
// serves them by address.
func (s *Server) catalogueRoutes(app *fiber.App) error {
	pages, err := makePages(catalogueView{s.Catalogue, nil})
	if err != nil {
		return err
	}
	s.pages.Store(&pages)
	s.approved.Store(&approvals{})
	for _, doc := range catalogueDocs {
		app.Get(base+fiberPath(doc.path), s.cataloguePage)
	}
	return nil
}

func makePages(view catalogueView) (map[string]page, error) {
	replies := map[string]func() any{
		"/modules": func() any { return view.modules() }, "/sources": func() any { return view.sources() },
		"/glossary": func() any { return view.glossary() }, "/corrections": func() any { return view.allCorrections() },
		"/search": func() any { return view.search() },
	}
	for _, m := range view.Modules {
		replies["/modules/"+string(m.Slug)] = func() any { return view.module(m) }
		for _, l := range m.Lessons {
			address := "/modules/" + string(m.Slug) + "/lessons/" + string(l.Slug)
			replies[address] = func() any { return view.lesson(m, l) }
			if l.Scenario != nil {
				replies[address+"/scenario"] = func() any { return view.scenario(l) }
			}
		}
	}
	for _, source := range view.Sources {
		replies["/sources/"+string(source.Slug)] = func() any { return view.source(source) }
	}
	return makeAll(replies)
}

// makeAll makes the pages of replies, as many at once as there are cores: the
// server waits for it to start.
func makeAll(replies map[string]func() any) (map[string]page, error) {
	var (
		mu      sync.Mutex
		pages   = make(map[string]page, len(replies))
		failed  error
		working sync.WaitGroup
	)
	for path, reply := range replies {
		working.Go(func() {
			made, err := makePage(reply())
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = fmt.Errorf("catalogue page %s: %w", path, err)
			}
			pages[base+path] = made
		})
	}
	working.Wait()
	return pages, failed
}

func makePage(reply any) (page, error) {
	raw, err := json.Marshal(reply)
	if err != nil {
		return page{}, err
	}
	sum := sha256.Sum256(raw)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	return page{
		plain: raw, gzipped: sync.OnceValue(func() []byte { return gzipped(raw) }), etag: etag,
		headers: headers([2]string{"Etag", etag}, [2]string{"Cache-Control", "private, no-cache"}, [2]string{"Vary", "Accept-Encoding, Authorization"}),
	}, nil
}

func gzipped(raw []byte) []byte {
	var packed bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // a known level
	_, _ = writer.Write(raw)                                        // into memory: never fails
	_ = writer.Close()
	return packed.Bytes()
}

// cataloguePage answers a catalogue read to anybody who is signed in.
func (s *Server) cataloguePage(c *fiber.Ctx) error {
	if _, err := s.authenticate(c); err != nil {
		return err
	}
	found, ok := (*s.pages.Load())[c.Path()]
	if !ok {
		return fiber.ErrNotFound
	}
	if len(c.Request().URI().QueryString()) > 0 {
		return fiber.NewError(http.StatusUnprocessableEntity)
	}
	set(c, found.headers)
	if c.Get(fiber.HeaderIfNoneMatch) == found.etag {
		return c.SendStatus(http.StatusNotModified)
	}
	c.Response().Header.SetContentTypeBytes(jsonType)
	if strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SetBodyRaw(found.gzipped()) // sent as it is, without a copy
		return nil
	}
	c.Response().SetBodyRaw(found.plain)
	return nil
}

// catalogueDocs describes the catalogue's addresses, which Huma does not serve.
var catalogueDocs = []struct {
	path, id, summary string
	reply             reflect.Type
}{
	{"/modules", "modules", "All modules in order", reflect.TypeFor[ModuleList]()},
	{"/modules/{module}", "module", "A module with its lessons and quizzes", reflect.TypeFor[Module]()},
	{"/modules/{module}/lessons/{lesson}", "lesson", "A lesson with all that its page shows", reflect.TypeFor[Lesson]()},
	{"/modules/{module}/lessons/{lesson}/scenario", "scenario", "The scenario of a lesson, with all that its choices lead to", reflect.TypeFor[Scenario]()},
	{"/sources", "sources", "The sources that the curriculum draws on", reflect.TypeFor[SourceList]()},
	{"/sources/{source}", "source", "A source with its sections and what is wrong with them", reflect.TypeFor[Source]()},
	{"/glossary", "glossary", "The glossary in order of the term", reflect.TypeFor[Glossary]()},
	{"/corrections", "corrections", "What the sources have wrong, and what is right", reflect.TypeFor[CorrectionList]()},
	{"/search", "search", "What the site's search looks through", reflect.TypeFor[SearchList]()},
}

// documentCatalogue adds the catalogue's addresses to the description.
func (s *Server) documentCatalogue(api huma.API) {
	description := api.OpenAPI()
	for _, doc := range catalogueDocs {
		op := s.operation(http.MethodGet, doc.path, doc.id, doc.summary, signedIn)
		schema := description.Components.Schemas.Schema(doc.reply, true, doc.id)
		op.Responses = map[string]*huma.Response{
			"200": {Description: "OK", Headers: map[string]*huma.Param{"ETag": {Schema: &huma.Schema{Type: "string"}}},
				Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
			"304": {Description: "Not modified"},
		}
		for _, name := range pathParams(doc.path) {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: "string"}})
		}
		description.AddOperation(&op)
	}
}

func pathParams(path string) []string {
	var names []string
	for _, part := range strings.Split(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			names = append(names, strings.TrimSuffix(name, "}"))
		}
	}
	return names
}

// fiberPath writes {name} as :name.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
