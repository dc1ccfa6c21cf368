//go:build race

package heaptest

// Raced says that the race detector watches: reading takes ten times as long, and
// no more memory.
const Raced = true
