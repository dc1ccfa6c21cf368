package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/store"
)

func openFile(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: path})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func note(t *testing.T, s *store.Store, object string) {
	t.Helper()
	if err := s.Audit(t.Context(), audit.Entry{Actor: audit.System, Action: "test.note", Object: object}); err != nil {
		t.Fatal(err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	db, backup := filepath.Join(folder, "muster.db"), filepath.Join(folder, "backup.db")
	s := openFile(t, db)
	note(t, s, "before")
	digest, err := store.Backup(t.Context(), db, backup) // while it runs
	if err != nil {
		t.Fatal(err)
	}
	note(t, s, "after")
	if _, err := store.Backup(t.Context(), db, backup); errs.CodeOf(err) != "backup_exists" {
		t.Errorf("Backup over a backup = %v, want backup_exists", err)
	}
	if _, err := store.Restore(t.Context(), backup, db, true); errs.CodeOf(err) != "database_in_use" {
		t.Errorf("Restore under a running program = %v, want database_in_use", err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), backup, db, false); errs.CodeOf(err) != "database_exists" {
		t.Errorf("Restore without force = %v, want database_exists", err)
	}
	restored, err := store.Restore(t.Context(), backup, db, true)
	if err != nil || restored.SHA256 != digest.SHA256 {
		t.Fatalf("Restore = %+v, %v, want the hash %s", restored, err, digest.SHA256)
	}
	s = openFile(t, db)
	if n, err := s.VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("VerifyAudit after restoring = %d, %v, want 1, nil", n, err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), backup, db, true); errs.CodeOf(err) != "replaced_exists" {
		t.Errorf("Restore over what was replaced before = %v, want replaced_exists", err)
	}
	s = openFile(t, db+".replaced")
	if n, err := s.VerifyAudit(t.Context()); n != 2 || err != nil {
		t.Errorf("VerifyAudit of what was replaced = %d, %v, want 2, nil", n, err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{db, backup, backup + ".sha256", db + ".lock"} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v (%v), want 0600", path, info.Mode(), err)
		}
	}
}

func TestRestoreRefusesDamage(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, backup string){
		"a changed byte": func(t *testing.T, backup string) {
			data, err := os.ReadFile(backup)
			if err != nil {
				t.Fatal(err)
			}
			data[len(data)/2] ^= 1
			if err := os.WriteFile(backup, data, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"no hash": func(t *testing.T, backup string) {
			if err := os.Remove(backup + ".sha256"); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			db, backup := filepath.Join(folder, "muster.db"), filepath.Join(folder, "backup.db")
			s := openFile(t, db)
			note(t, s, "one")
			if err := s.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Backup(t.Context(), db, backup); err != nil {
				t.Fatal(err)
			}
			damage(t, backup)
			if _, err := store.Restore(t.Context(), backup, db, true); errs.CodeOf(err) != "not_a_backup" {
				t.Errorf("Restore = %v, want not_a_backup", err)
			}
			s = openFile(t, db) // still the old one
			if n, err := s.VerifyAudit(t.Context()); n != 1 || err != nil {
				t.Errorf("VerifyAudit = %d, %v, want 1, nil", n, err)
			}
			if err := s.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestPostgresHasItsOwnTools(t *testing.T) {
	t.Parallel()
	const url = "postgres://localhost/muster"
	if _, err := store.Backup(t.Context(), url, "x"); errs.CodeOf(err) != "use_pg_dump" {
		t.Errorf("Backup = %v, want use_pg_dump", err)
	}
	if _, err := store.Restore(t.Context(), "x", url, true); errs.CodeOf(err) != "use_pg_restore" {
		t.Errorf("Restore = %v, want use_pg_restore", err)
	}
}
