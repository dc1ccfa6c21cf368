// Package api is HTTP and nothing else: it decodes a request, calls one service
// and encodes what comes back. Rules live in the services; SQL never comes here.
package api

import (
	"context"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"muster/internal/assessment"
	"muster/internal/bank"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/itemanalysis"
	"muster/internal/learning"
	"muster/internal/library"
	"muster/internal/marking"
	"muster/internal/readiness"
	"muster/internal/regrade"
	"muster/internal/review"
	"muster/internal/trail"
)

// Version is the version of the API; a changed description needs a changed version.
const Version = "1.5.0"

const base = "/api/v1"

// bodyLimit bounds every request: 500 events of the longest usual answers.
const bodyLimit = 1 << 20

// Server answers HTTP requests with the services that it is given.
type Server struct {
	Identity    *identity.Service
	Cohorts     *cohort.Service
	Assessment  *assessment.Service
	Learning    *learning.Service
	Readiness   *readiness.Service
	Reports     *readiness.Reports
	Review      *review.Service
	Bank        *bank.Service
	Taken       bank.Trail // who took questions away
	Library     *library.Service
	Blueprints  *blueprint.Service
	Analysis    *itemanalysis.Service
	Regrades    *regrade.Service
	Marking     *marking.Service
	Credentials *credential.Service
	Trail       *trail.Service
	Catalogue   *curriculum.Catalogue
	Tokens      *Tokens
	Site        fs.FS // the built front end; nil = none
	Logger      *slog.Logger
	Now         func() time.Time
	NewID       func() string
	Ready       func(context.Context) error // whether requests can be served
	Secure      bool                        // served by HTTPS: cookies say so, browsers are told
	Hops        int                         // how many proxies before the server add to X-Forwarded-For

	metrics  *metrics
	pages    atomic.Pointer[map[string]page]
	approved atomic.Pointer[approvals]
	reading  sync.Mutex // held while pages and approved are made anew
	forPages []header   // what protects the site's replies
	forData  []header   // and those of the API
}

// App builds the router with every route.
func (s *Server) App() (*fiber.App, error) {
	app, _, err := s.build()
	return app, err
}

// configureHuma sets what Huma keeps in globals, once: routers may be built and
// used side by side.
var configureHuma = sync.OnceFunc(func() {
	huma.NewError, huma.NewErrorWithContext = humaProblem, humaProblemOf
	huma.ValidateStrictCasing, huma.DefaultArrayNullable = true, false
})

func (s *Server) build() (*fiber.App, huma.API, error) {
	configureHuma()
	s.metrics = newMetrics()
	s.forPages, s.forData = s.protection(contentPolicy(nil)), append(s.protection(dataPolicy), headers([2]string{"Cache-Control", "no-store"})...)
	app := fiber.New(fiber.Config{
		AppName: "Muster", DisableStartupMessage: true, Immutable: true,
		CaseSensitive: true, StrictRouting: true, BodyLimit: bodyLimit, ReadBufferSize: 16 << 10,
		ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorHandler: s.fail, DisablePreParseMultipartForm: true,
	})
	app.Server().HeaderReceived = s.admitFile
	app.Use(s.observe, s.guard, recover.New())
	s.operatorRoutes(app)
	if err := s.catalogueRoutes(app); err != nil {
		return nil, nil, err
	}
	app.Post(base+fiberPath(eventsPath), s.postEvents)
	s.credentialRoutes(app)
	described := humafiber.NewV2(app, s.describe())
	s.routes(described)
	s.documentCatalogue(described)
	s.documentEvents(described)
	s.documentCredentials(described)
	app.All(base+"/*", func(*fiber.Ctx) error { return fiber.ErrNotFound })
	return app, described, s.siteRoutes(app)
}

// describe makes Huma's configuration: one format, no documentation pages, no
// links to schemas in the replies.
func (s *Server) describe() huma.Config {
	config := huma.DefaultConfig("Muster", Version)
	config.CreateHooks = nil
	config.DocsPath, config.SchemasPath = "", ""
	config.OpenAPIPath = base + "/openapi"
	json := huma.DefaultJSONFormat
	json.Unmarshal = unmarshalStrict
	config.Formats = map[string]huma.Format{"application/json": json, "application/problem+json": json}
	config.RejectUnknownQueryParameters = true
	config.Info.Description = "Training and quizzes for peacekeepers. Errors are application/problem+json; see Problem."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
	}
	return config
}
