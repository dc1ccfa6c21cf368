package store_test

import (
	"os"
	"testing"

	"muster/internal/assessment"
	"muster/internal/store"
	"muster/internal/store/storetest"
)

var (
	_ assessment.Store    = (*store.Store)(nil)
	_ assessment.Bank     = (*store.Store)(nil)
	_ assessment.Exposure = (*store.Store)(nil)
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Exercise(t, storetest.FreshSQLite)
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	server := os.Getenv("MUSTER_TEST_DATABASE_URL")
	if server == "" {
		t.Skip("MUSTER_TEST_DATABASE_URL is not set")
	}
	storetest.Exercise(t, storetest.FreshPostgres(server))
	t.Run("replicas share a server", func(t *testing.T) {
		t.Parallel()
		storetest.Replicas(t, storetest.FreshPostgres(server))
	})
}
