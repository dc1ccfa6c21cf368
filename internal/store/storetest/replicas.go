package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"muster/internal/assessment"
	"muster/internal/store"
)

// Replicas proves that several programs can start at once on an empty server
// and write to one attempt. fresh is that of Exercise.
func Replicas(t *testing.T, fresh func(t *testing.T) (url string)) {
	t.Helper()
	const replicas, each = 4, 10
	url := fresh(t)
	stores := make([]*store.Store, replicas)
	var wg sync.WaitGroup
	for n := range stores {
		wg.Go(func() {
			var err error
			if stores[n], err = store.Open(context.Background(), store.Config{URL: url}); err != nil {
				t.Errorf("Open of replica %d: %v", n, err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for _, s := range stores {
		t.Cleanup(func() { _ = s.Close(context.Background()) })
	}
	a := newFixture(t, url).start(t, trainee, "a1")
	for n, s := range stores {
		wg.Go(func() {
			f := &fixture{Store: s}
			for range each {
				if err := f.answer(context.Background(), a.ID, assessment.DeviceID(fmt.Sprint(n)), `{}`); err != nil {
					t.Errorf("Append by replica %d: %v", n, err)
				}
			}
		})
	}
	wg.Wait()
	events, err := stores[0].Events(t.Context(), a.ID)
	must(t, err)
	if broken := assessment.Verify(events); len(events) != replicas*each+1 || broken != nil {
		t.Errorf("%d events, broken %+v, want %d that hold", len(events), broken, replicas*each+1)
	}
}
