package store_test

import (
	"os"
	"testing"

	"muster/internal/assessment"
	"muster/internal/bank"
	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/library"
	"muster/internal/readiness"
	"muster/internal/store"
	"muster/internal/store/storetest"
)

var (
	_ assessment.Store    = (*store.Store)(nil)
	_ assessment.Bank     = (*store.Store)(nil)
	_ assessment.Exposure = (*store.Store)(nil)
	_ bank.Store          = (*store.Store)(nil)
	_ library.Store       = (*store.Store)(nil)
	_ library.Corrections = (*store.Store)(nil)
	_ library.Decisions   = (*store.Store)(nil)
	_ identity.Store      = (*store.Store)(nil)
	_ cohort.Store        = (*store.Store)(nil)
	_ learning.Store      = (*store.Store)(nil)

	_ readiness.ReportStore = (*store.Store)(nil)
	_ learning.Attempts     = (*store.Store)(nil)
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Exercise(t, storetest.FreshSQLite)
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	server := os.Getenv("MUSTER_TEST_DATABASE_URL")
	if server == "" {
		if os.Getenv("MUSTER_REQUIRE_POSTGRES") != "" {
			t.Fatal("MUSTER_REQUIRE_POSTGRES is set, and MUSTER_TEST_DATABASE_URL names no server to test on")
		}
		t.Skip("NOT TESTED: the whole conformance suite on PostgreSQL, and replicas that share a server. " +
			"MUSTER_TEST_DATABASE_URL is not set; scripts/with-postgres.sh go test ./internal/store/... sets it")
	}
	storetest.Exercise(t, storetest.FreshPostgres(server))
	t.Run("replicas share a server", func(t *testing.T) {
		t.Parallel()
		storetest.Replicas(t, storetest.FreshPostgres(server))
	})
}
