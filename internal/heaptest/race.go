//go:build race

package heaptest

// raced says that the race detector watches: reading takes ten times as long, and
// no more memory.
const raced = true
