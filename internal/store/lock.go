package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"muster/internal/errs"
)

// fileLock keeps a second program away from a SQLite file: the cache of
// attempts is right only while this program is the only writer. The operating
// system releases it when the program ends, however it ends.
type fileLock struct{ file *os.File }

// lockFile takes the lock of a database file. It answers Conflict with code
// database_in_use, and Unavailable where the folder cannot be written.
func lockFile(path string) (*fileLock, error) {
	file, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, unwritable(path, err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return &fileLock{file}, nil
	}
	closeErr := file.Close()
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, unwritable(path, errors.Join(err, closeErr))
	}
	inUse := errs.New(errs.Conflict, "database_in_use", "Another program has the database %s open. Stop it first.", path)
	inUse.Err = errors.Join(err, closeErr)
	return nil, inUse
}

func (l *fileLock) release() error { return l.file.Close() }

func unwritable(path string, cause error) error {
	e := errs.New(errs.Unavailable, "database_unwritable", "The folder %s cannot be written. Create it, or allow this user to write there.", filepath.Dir(path))
	e.Err = cause
	return e
}
