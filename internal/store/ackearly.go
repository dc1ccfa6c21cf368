//go:build acknowledge_early

package store

// acknowledgeEarly breaks the first promise on purpose, so that the kill test
// can be seen to fail.
const acknowledgeEarly = true
