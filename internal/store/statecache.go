package store

import (
	"container/list"
	"maps"
	"sync"

	"muster/internal/assessment"
)

// stateCache keeps the folded states of the attempts that were used last, as
// they are committed. A state in it is never changed, only replaced.
type stateCache struct {
	mu       sync.Mutex
	capacity int
	order    *list.List // of *assessment.State, the one used last in front
	byID     map[assessment.AttemptID]*list.Element
}

func newStateCache(capacity int) *stateCache {
	return &stateCache{capacity: capacity, order: list.New(), byID: make(map[assessment.AttemptID]*list.Element)}
}

func (c *stateCache) state(id assessment.AttemptID) (*assessment.State, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*assessment.State), true
}

func (c *stateCache) keep(states map[assessment.AttemptID]*assessment.State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, state := range states {
		if element, ok := c.byID[id]; ok {
			element.Value = state
			c.order.MoveToFront(element)
			continue
		}
		c.byID[id] = c.order.PushFront(state)
	}
	for c.order.Len() > c.capacity {
		oldest := c.order.Remove(c.order.Back()).(*assessment.State)
		delete(c.byID, oldest.ID)
	}
}

// fork gives a copy of a state that may be moved on while others read the
// state it came from.
func fork(s *assessment.State) *assessment.State {
	next := *s
	next.Devices, next.Bodies = maps.Clone(s.Devices), maps.Clone(s.Bodies)
	next.Answers, next.Flags = maps.Clone(s.Answers), maps.Clone(s.Flags)
	return &next
}
