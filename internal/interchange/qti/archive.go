package qti

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"muster/internal/interchange"
)

// Limits of a package (SECURITY IN-09). Bytes are counted while they are read,
// not taken from headers; packages within the package are not opened.
const (
	maxFiles    = 2000
	maxRatio    = 100
	maxUnzipped = 200 << 20 // of all that is read
	slack       = 4 << 10   // by which a small file may be more than the ratio
)

// Limits of one file in a package.
const (
	maxManifest = 8 << 20
	maxItem     = 1 << 20
	maxPicture  = 8 << 20
)

// folder holds the files of a package by their paths.
type folder interface {
	// part reads a file; nil where there is none. Invalid about the file where it
	// is longer than the limit, or cannot be read.
	part(name string, limit int64) ([]byte, error)
}

// archive is a package that is zipped.
type archive struct {
	files map[string]*zip.File
	size  int64 // of the package
	read  int64 // of its files so far
}

func openArchive(file []byte) (*archive, error) {
	if bytes.Count(file, []byte("PK\x01\x02")) > maxFiles {
		return nil, interchange.Refused("The package has more than 2,000 files.")
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, interchange.Refused("The package is broken: it cannot be unpacked.")
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), size: int64(len(file))}
	for _, f := range z.File {
		mode := f.Mode()
		name := path.Clean(f.Name)
		_, twice := a.files[name]
		switch {
		case !filepath.IsLocal(f.Name) || bytes.ContainsAny([]byte(f.Name), "\\:\x00"):
			return nil, interchange.Refused("The package has a file that would lie outside of it: “%s”.", interchange.Quote(f.Name))
		case twice:
			return nil, interchange.Refused("The package has two files of the same name: “%s”.", interchange.Quote(f.Name))
		case !mode.IsRegular() && mode&fs.ModeDir == 0:
			return nil, interchange.Refused("The package has a link or a device: “%s”.", interchange.Quote(f.Name))
		}
		a.files[name] = f
	}
	return a, apart(z.File)
}

// apart refuses a package whose files share bytes, as bombs do.
func apart(files []*zip.File) error {
	type place struct{ from, to int64 }
	var places []place
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil {
			return interchange.Refused("The package is broken: it cannot be unpacked.")
		}
		if f.CompressedSize64 > 0 {
			places = append(places, place{from, from + int64(f.CompressedSize64&(1<<62-1))})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(places); i++ {
		if places[i].from < places[i-1].to {
			return interchange.Refused("The package has files that overlap.")
		}
	}
	return nil
}

func (a *archive) part(name string, limit int64) ([]byte, error) {
	f, ok := a.files[name]
	if !ok || f.Mode().IsDir() {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, interchange.Refused("“%s” cannot be unpacked.", interchange.Quote(name))
	}
	defer func() { _ = r.Close() }() // it was only read
	ratio := maxRatio*int64(min(f.CompressedSize64, uint64(a.size))) + slack
	most := min(limit, ratio, maxUnzipped-a.read)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	a.read += int64(len(data))
	switch {
	case int64(len(data)) > most && most < limit:
		return nil, errBomb
	case int64(len(data)) > most:
		return nil, interchange.Refused("“%s” is too long.", interchange.Quote(name))
	case err != nil:
		return nil, interchange.Refused("“%s” cannot be unpacked.", interchange.Quote(name))
	}
	return data, nil
}

// errBomb ends the reading of a package.
var errBomb = interchange.Refused("The package unpacks to far more than it holds.")
