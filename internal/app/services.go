package app

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/binary"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"

	"muster/api"
	"muster/content"
	"muster/frontend"
	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/review"
	"muster/internal/store"
)

// services are all of the program's parts, open and connected.
type services struct {
	store      *store.Store
	catalogue  *curriculum.Catalogue
	identity   *identity.Service
	cohorts    *cohort.Service
	assessment *assessment.Service
	learning   *learning.Service
	review     *review.Service
	logger     *slog.Logger
	now        func() time.Time
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
	s.catalogue = catalogue
	s.assessment = &assessment.Service{
		Store: s.store, Bank: s.store, Catalogue: catalogue, Exposure: s.store, Now: now, NewID: newID, NewSeed: newSeed,
	}
	s.learning = &learning.Service{Store: s.store, Attempts: s.store, Cohorts: s.store, Catalogue: catalogue, Now: now}
	s.review = &review.Service{Store: s.store, Catalogue: catalogue, Now: now, NewID: newID}
	if err := s.assessment.Publish(ctx); err != nil {
		return nil, joinClose(ctx, err, s.store)
	}
	return s, nil
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
	hasher, err := identity.NewHasher()
	if err != nil {
		return nil, fmt.Errorf("prepare password hashing: %w", err)
	}
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
		Identity: s.identity, Cohorts: s.cohorts, Assessment: s.assessment, Learning: s.learning, Review: s.review, Catalogue: s.catalogue,
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
