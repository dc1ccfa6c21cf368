package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"muster/internal/errs"
)

// Digest names the bytes of a backup.
type Digest struct {
	Path   string
	SHA256 string // hex
	Bytes  int64
}

// Backup copies the database at url to a new file dest, while the program runs
// or not, proves the copy whole, and writes its hash beside it as dest.sha256.
// It answers Conflict where dest exists, and Invalid for PostgreSQL, which has
// its own tool.
func Backup(ctx context.Context, url, dest string) (Digest, error) {
	t, err := fileTarget(url, "pg_dump")
	if err != nil {
		return Digest{}, err
	}
	if _, err := os.Stat(t.path); err != nil {
		return Digest{}, errs.New(errs.NotFound, "not_found", "There is no database at %s.", t.path)
	}
	if _, err := os.Stat(dest); !errors.Is(err, fs.ErrNotExist) {
		return Digest{}, errs.New(errs.Conflict, "backup_exists", "%s exists already. Choose another name.", dest)
	}
	partial := dest + ".partial"
	if err := copyDatabase(ctx, t.path, partial); err != nil {
		return Digest{}, errors.Join(err, remove(partial))
	}
	digest, err := hashFile(partial)
	if err == nil {
		err = os.WriteFile(dest+".sha256", []byte(digest.SHA256+"  "+filepath.Base(dest)+"\n"), 0o600)
	}
	if err == nil {
		err = replace(partial, dest)
	}
	digest.Path = dest
	return digest, fault(err, "write backup")
}

// Restore puts a backup in the place of the database at url, while no program
// has it open. It answers Invalid for a file that is not what Backup wrote, and
// Conflict where the database is open, or exists and force is not set. What
// stood there is kept, with ".replaced" after its name; where that name is
// taken, by what an earlier Restore kept, it answers Conflict too.
func Restore(ctx context.Context, src, url string, force bool) (Digest, error) {
	t, err := fileTarget(url, "pg_restore")
	if err != nil {
		return Digest{}, err
	}
	lock, err := lockFile(t.path)
	if err != nil {
		return Digest{}, err
	}
	digest, err := restore(ctx, src, t.path, force)
	return digest, errors.Join(err, lock.release())
}

func restore(ctx context.Context, src, path string, force bool) (Digest, error) {
	if _, err := os.Stat(path); err == nil && !force {
		return Digest{}, errs.New(errs.Conflict, "database_exists", "There is a database at %s already.", path)
	}
	const aside = ".replaced"
	for _, suffix := range []string{"", "-wal", "-shm"} { // a log beside the wrong database would be replayed into it
		if _, err := os.Stat(path + aside + suffix); !errors.Is(err, fs.ErrNotExist) {
			return Digest{}, errs.New(errs.Conflict, "replaced_exists", "%s holds what an earlier restore replaced. Move it away first.", path+aside+suffix)
		}
	}
	partial := path + ".partial"
	digest, err := copyChecked(ctx, src, partial)
	if err != nil {
		return Digest{}, errors.Join(err, remove(partial))
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+suffix, path+aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Digest{}, fault(err, "put the old database aside")
		}
	}
	digest.Path = path
	return digest, fault(replace(partial, path), "restore")
}

// copyChecked copies a backup and proves that the copy is what was backed up.
func copyChecked(ctx context.Context, src, partial string) (Digest, error) {
	note, err := os.ReadFile(src + ".sha256")
	if err != nil {
		return Digest{}, notABackup(src, err)
	}
	want, _, _ := strings.Cut(string(note), " ")
	if err := copyFile(src, partial); err != nil {
		return Digest{}, fault(err, "copy %s", src)
	}
	digest, err := hashFile(partial)
	if err != nil {
		return Digest{}, fault(err, "hash %s", src)
	}
	if digest.SHA256 != want {
		return Digest{}, notABackup(src, fmt.Errorf("hash %s, noted %s", digest.SHA256, want))
	}
	if err := checkIntegrity(ctx, partial); err != nil {
		return Digest{}, notABackup(src, err)
	}
	return digest, nil
}

func notABackup(src string, cause error) error {
	e := errs.New(errs.Invalid, "not_a_backup", "%s is not a whole backup: its hash file is missing or does not fit, or it is damaged.", src)
	e.Err = cause
	return e
}

func fileTarget(url, tool string) (target, error) {
	t, err := parseTarget(url)
	if err == nil && t.dialect == dialectPostgres {
		err = errs.New(errs.Invalid, "use_"+tool, "For PostgreSQL use %s.", tool)
	}
	return t, err
}

// copyDatabase writes all that is committed now to a new file and checks it.
func copyDatabase(ctx context.Context, path, dest string) error {
	file, err := os.OpenFile(dest, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(dest, err)
	}
	if err := file.Close(); err != nil {
		return unwritable(dest, err)
	}
	db := sqlitePool("file:"+path+"?"+pragmasOfAll+"&mode=rw", 1, nil)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", dest)
	if err := errors.Join(err, db.Close()); err != nil {
		return fault(err, "copy the database")
	}
	return checkIntegrity(ctx, dest)
}

// hashFile hashes a file and makes its bytes durable.
func hashFile(path string) (digest Digest, err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return Digest{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	h := sha256.New()
	n, err := io.Copy(h, file)
	if err == nil {
		err = file.Sync()
	}
	return Digest{Path: path, SHA256: hex.EncodeToString(h.Sum(nil)), Bytes: n}, err
}
