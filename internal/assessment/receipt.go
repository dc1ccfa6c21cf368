package assessment

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Receipt makes the receipt of the log so far.
func (s *State) Receipt() Receipt {
	h := sha256.New()
	devices := slices.Sorted(maps.Keys(s.Devices))
	for _, device := range devices {
		h.Write([]byte(string(device) + "\n" + s.Devices[device].Hash + "\n"))
	}
	return Receipt{Head: hex.EncodeToString(h.Sum(nil)), Events: s.ServerSeq, Devices: len(devices)}
}
