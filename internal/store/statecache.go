package store

import (
	"container/list"
	"sync"

	"muster/internal/assessment"
)

// stateCache keeps the folded states of the attempts that were used last. A
// state belongs to the writer alone, who moves it on in place: copying it for
// every answer would cost more than the answer. Others see only the attempt as
// it was at the last commit.
type stateCache struct {
	mu       sync.Mutex
	capacity int
	order    *list.List // of *cachedState, the one used last in front
	byID     map[assessment.AttemptID]*list.Element
}

type cachedState struct {
	committed assessment.Attempt
	state     *assessment.State
}

func newStateCache(capacity int) *stateCache {
	return &stateCache{capacity: capacity, order: list.New(), byID: make(map[assessment.AttemptID]*list.Element)}
}

func (c *stateCache) find(id assessment.AttemptID) (*cachedState, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*cachedState), true
}

// state gives the writer a state to move on.
func (c *stateCache) state(id assessment.AttemptID) (*assessment.State, bool) {
	found, ok := c.find(id)
	if !ok {
		return nil, false
	}
	return found.state, true
}

// attempt gives an attempt as it was at the last commit.
func (c *stateCache) attempt(id assessment.AttemptID) (assessment.Attempt, bool) {
	found, ok := c.find(id)
	if !ok {
		return assessment.Attempt{}, false
	}
	return found.committed, true
}

// keep remembers states that are committed.
func (c *stateCache) keep(states map[assessment.AttemptID]*assessment.State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, state := range states {
		fresh := &cachedState{committed: state.Attempt, state: state}
		if element, ok := c.byID[id]; ok {
			element.Value = fresh
			c.order.MoveToFront(element)
			continue
		}
		c.byID[id] = c.order.PushFront(fresh)
	}
	for c.order.Len() > c.capacity {
		oldest := c.order.Remove(c.order.Back()).(*cachedState)
		delete(c.byID, oldest.state.ID)
	}
}

// drop forgets states that were moved on by what did not become durable.
func (c *stateCache) drop(states map[assessment.AttemptID]*assessment.State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range states {
		if element, ok := c.byID[id]; ok {
			c.order.Remove(element)
			delete(c.byID, id)
		}
	}
}
