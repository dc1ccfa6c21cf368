package app

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/binary"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"

	"muster/api"
	"muster/content"
	"muster/frontend"
	"muster/internal/assessment"
	"muster/internal/bank"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/itemanalysis"
	"muster/internal/learning"
	"muster/internal/library"
	"muster/internal/marking"
	"muster/internal/readiness"
	"muster/internal/regrade"
	"muster/internal/review"
	"muster/internal/store"
	"muster/internal/trail"
)

// services are all of the program's parts, open and connected.
type services struct {
	store      *store.Store
	catalogue  *curriculum.Catalogue
	identity   *identity.Service
	cohorts    *cohort.Service
	assessment *assessment.Service
	learning   *learning.Service
	readiness  *readiness.Service
	reports    *readiness.Reports
	review     *review.Service
	bank       *bank.Service
	library    *library.Service
	blueprints *blueprint.Service
	credential *credential.Service
	analysis   *itemanalysis.Service
	regrades   *regrade.Service
	marking    *marking.Service
	trail      *trail.Service
	logger     *slog.Logger
	now        func() time.Time
}

// open builds services, with how, that log to the console.
func (t console) open(ctx context.Context, c config.Config, how func(context.Context, config.Config, *slog.Logger, func() time.Time) (*services, error)) (*services, error) {
	logger, err := c.Logger(t.err)
	if err != nil {
		return nil, err
	}
	return how(ctx, c, logger, time.Now)
}

// open builds the services on the configured store and curriculum.
func open(ctx context.Context, c config.Config, logger *slog.Logger, now func() time.Time) (*services, error) {
	catalogue, err := readCatalogue(c)
	if err != nil {
		return nil, err
	}
	s, err := openBare(ctx, c, logger, now)
	if err != nil {
		return nil, err
	}
	s.catalogue, s.cohorts.Catalogue = catalogue, catalogue
	s.assessment = &assessment.Service{
		Store: s.store, Bank: s.store, Catalogue: catalogue, Exposure: s.store, Overrides: s.store, Rulings: s.store, Now: now, NewID: newID, NewSeed: newSeed,
	}
	s.learning = &learning.Service{
		Store: s.store, Kept: s.store, Attempts: s.store, Cohorts: s.store, Starter: s.assessment, Showing: s.assessment, Catalogue: catalogue, Now: now,
	}
	s.readiness = &readiness.Service{
		Cohorts: s.cohorts, Learning: s.learning, Attempts: s.store, Credentials: s.store, Trail: s.store, Catalogue: catalogue, Now: now,
	}
	s.reports = &readiness.Reports{Readiness: s.readiness, Store: s.store, Site: c.Site(), NewID: newID}
	s.review = &review.Service{Store: s.store, Catalogue: catalogue, Now: now, NewID: newID}
	s.analysis = &itemanalysis.Service{Store: s.store, Attempts: s.store, Bank: s.assessment, Catalogue: catalogue, Now: now}
	s.regrades = &regrade.Service{
		Store: s.store, Told: s.store, Grader: s.assessment, Bank: s.store, Catalogue: catalogue, Now: now, NewID: newID,
	}
	s.marking = &marking.Service{Store: s.store, Marker: s.assessment, Bank: s.store}
	s.trail = &trail.Service{Store: s.store, Now: now}
	s.bank = &bank.Service{Store: s.store, Catalogue: catalogue, Pictures: s.store, Now: now, NewID: newID}
	s.library = &library.Service{Store: s.store, Corrections: s.store, Decisions: s.store, Bank: s.bank, Catalogue: catalogue, Now: now, NewID: newID}
	s.bank.Passages = s.library
	s.blueprints = &blueprint.Service{Store: s.store, Versions: s.store, Catalogue: catalogue, Past: s.analysis, Now: now, NewID: newID}
	if err := s.openCredentials(ctx, c); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	if err := s.assessment.Publish(ctx); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	if err := s.bank.Seed(ctx); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	if err := s.blueprints.Refresh(ctx); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	return s, nil
}

// openCredentials builds the service that issues credentials, and publishes the
// key that it signs with.
func (s *services) openCredentials(ctx context.Context, c config.Config) error {
	signer, err := signerOf(c)
	if err != nil {
		return err
	}
	s.credential = &credential.Service{
		Store: s.store, Keys: s.store, Attempts: s.store, Coordinators: s.store, Cohorts: s.cohorts, Catalogue: s.catalogue, Signer: signer,
		Site: c.Site(), Now: s.now, NewID: uuid.NewString, // random: who knows the id may verify
	}
	s.learning.Certificates = s.credential
	return s.credential.PublishKey(ctx)
}

// signerOf makes the key of credentials. It follows from the secret, so that
// every replica signs alike.
func signerOf(c config.Config) (credential.Signer, error) {
	seed, err := c.Key("credentials")
	if err != nil {
		return credential.Signer{}, err
	}
	return credential.NewSigner(seed), nil
}

// openBare builds the services that need no curriculum.
func openBare(ctx context.Context, c config.Config, logger *slog.Logger, now func() time.Time) (*services, error) {
	if err := c.MakeData(); err != nil {
		return nil, err
	}
	secret, err := c.Key("refresh tokens")
	if err != nil {
		return nil, err
	}
	hasher := identity.NewHasher()
	kept, err := store.Open(ctx, store.Config{URL: c.Database(), Now: now, Logger: logger})
	if err != nil {
		return nil, err
	}
	people := &identity.Service{Store: kept, Hasher: hasher, Now: now, NewID: newID, Secret: secret}
	return &services{
		store: kept, identity: people, logger: logger, now: now,
		cohorts: &cohort.Service{Store: kept, Identity: people, Now: now, NewID: newID},
	}, nil
}

// readCatalogue reads the curriculum; one with errors is not served.
func readCatalogue(c config.Config) (*curriculum.Catalogue, error) {
	catalogue, findings, err := curriculum.Read(contentFiles(c))
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		if f.Severity == curriculum.LevelError {
			return nil, errs.New(errs.Invalid, "content", "The curriculum has errors, the first is %s:%d: %s. Run `muster content check` for all.", f.File, f.Line, f.Message)
		}
	}
	return catalogue, nil
}

func contentFiles(c config.Config) fs.FS {
	if c.Content != "" {
		return os.DirFS(c.Content)
	}
	return content.Files
}

// server makes the HTTP side of the services.
func (s *services) server(c config.Config) (*api.Server, error) {
	key, err := c.Key("access tokens")
	if err != nil {
		return nil, err
	}
	site, err := fs.Sub(frontend.Build, "build")
	if err != nil {
		return nil, err
	}
	return &api.Server{
		Identity: s.identity, Cohorts: s.cohorts, Assessment: s.assessment, Learning: s.learning, Readiness: s.readiness, Reports: s.reports, Review: s.review, Bank: s.bank, Taken: s.store, Library: s.library, Blueprints: s.blueprints, Credentials: s.credential, Analysis: s.analysis, Regrades: s.regrades, Marking: s.marking, Trail: s.trail, Catalogue: s.catalogue,
		Tokens: api.NewTokens(key, s.now), Site: site, Logger: s.logger, Now: s.now, NewID: newID,
		Ready: s.store.Ping, Secure: c.Secure(), Hops: c.ProxyHops,
	}, nil
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newSeed() int64 {
	var raw [8]byte
	cryptorand.Read(raw[:]) // never fails
	return int64(binary.LittleEndian.Uint64(raw[:]) >> 1)
}
