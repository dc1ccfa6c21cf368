// Package heaptest holds what the tests of parsers have in common: how far the
// heap grows while a file is read, and files that unpack to far more than they
// hold.
//
// It is for tests alone.
package heaptest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// Most is how far the heap may grow while a file is read, garbage included.
const Most = 200 << 20

// Slowest is how long a file may take to read on a machine that is busy; on a quiet
// one it is 5 seconds.
const Slowest = 30 * time.Second

// few is of how many cases one is read where the race detector watches.
const few = 8

// Case is a file that asks for much. The file is made when it is its turn, so
// that no other lies about meanwhile.
type Case struct {
	Name string
	File func() []byte
	Read func(file []byte) error
}

// Check reads the file of each case in turn, and fails where the heap grows by
// more than Most, or reading takes longer than Slowest. Under the race detector,
// which makes it ten times as slow, it reads one case of eight. It must not run
// beside other tests.
func Check(t *testing.T, cases []Case) {
	t.Helper()
	for i, c := range cases {
		if Raced && i%few != 0 {
			continue
		}
		file := c.File()
		began := time.Now()
		var said error
		peak := Peak(func() { said = c.Read(file) })
		took := time.Since(began)
		t.Logf("%-36s %5.1f MB of file %4d MB of heap %5.2f s: %.70v", c.Name, float64(len(file))/(1<<20), peak>>20, took.Seconds(), said)
		if peak > Most {
			t.Errorf("%s: the heap grew by %d MB, more than %d", c.Name, peak>>20, Most>>20)
		}
		if took > Slowest && !Raced {
			t.Errorf("%s: reading took %v", c.Name, took)
		}
	}
}

// Peak gives by how many bytes the heap grows at most while run runs.
func Peak(run func()) uint64 {
	runtime.GC()
	runtime.GC() // what the first has found with a finaliser
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before := heap()
	done, most := make(chan bool), make(chan uint64)
	go func() {
		peak := before
		for {
			select {
			case <-done:
				most <- max(peak, heap()) - before
				return
			case <-time.After(time.Millisecond):
				peak = max(peak, heap())
			}
		}
	}()
	run()
	close(done)
	return <-most
}

// Repeated gives a text over and over, so long as it stays within n bytes, between
// two others.
func Repeated(n int, before, text, after string) []byte {
	var out bytes.Buffer
	times := max(0, n-len(before)-len(after)) / len(text)
	out.Grow(len(before) + times*len(text) + len(after))
	out.WriteString(before)
	for range times {
		out.WriteString(text)
	}
	out.WriteString(after)
	return out.Bytes()
}

// Words gives n bytes of words drawn at random, the same each time.
func Words(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var out strings.Builder
	for out.Len() < n {
		for range 2 + r.IntN(8) {
			out.WriteByte(byte('a' + r.IntN(26)))
		}
		out.WriteByte(' ')
	}
	return out.String()[:n]
}

// Part is a file within an archive: Text stands in it Times over.
type Part struct {
	Name                string
	Before, Text, After string
	Times               int
}

// Zip packs an archive. What is repeated is packed once and repeated packed, so
// that an archive of hundreds of megabytes takes no time.
func Zip(t testing.TB, parts ...Part) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, part := range parts {
		before, text, after := deflated(t, part.Before, false), deflated(t, part.Text, false), deflated(t, part.After, true)
		packed := append(bytes.Clone(before), bytes.Repeat(text, part.Times)...)
		packed = append(packed, after...)
		sum := crc32.NewIEEE()
		_, _ = sum.Write([]byte(part.Before))
		for range part.Times {
			_, _ = sum.Write([]byte(part.Text))
		}
		_, _ = sum.Write([]byte(part.After))
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: part.Name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(len(packed)),
			UncompressedSize64: uint64(len(part.Before) + part.Times*len(part.Text) + len(part.After)),
		})
		if err == nil {
			_, err = w.Write(packed)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// deflated packs a text so that it can stand before another, or last.
func deflated(t testing.TB, text string, last bool) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil && last {
		err = w.Close()
	} else if err == nil {
		err = w.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
