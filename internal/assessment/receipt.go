package assessment

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Receipt makes the receipt of the log so far.
func (s *State) Receipt() Receipt { return receiptOf(s.Devices, s.ServerSeq) }

func receiptOf(heads map[DeviceID]Chain, events int64) Receipt {
	h := sha256.New()
	for _, device := range slices.Sorted(maps.Keys(heads)) {
		h.Write([]byte(string(device) + "\n" + heads[device].Hash + "\n"))
	}
	return Receipt{Head: hex.EncodeToString(h.Sum(nil)), Events: events, Devices: len(heads)}
}
