//go:build !race

package heaptest

// Raced says that the race detector does not watch.
const Raced = false
