//go:build !acknowledge_early

package store

// acknowledgeEarly is false in every build that people use: a write is
// acknowledged after its commit is on the disk.
const acknowledgeEarly = false
