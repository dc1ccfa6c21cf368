//go:build !race

package heaptest

const raced = false
