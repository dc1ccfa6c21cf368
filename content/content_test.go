package content_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"muster/content"
)

// TestEveryFileIsEmbedded: a folder that the embedding forgets would be content
// in the repository and none in the binary.
func TestEveryFileIsEmbedded(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || d.IsDir() || ext == ".go" || path == "LICENSE.md" {
			return err
		}
		if _, err := fs.Stat(content.Files, path); err != nil {
			t.Errorf("%s is not embedded: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
