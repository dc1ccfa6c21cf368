package assessment

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"muster/internal/errs"
)

func TestCheckBatch(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	right := paper.response("m.l.plain", "right")
	answer := func(change func(*Event)) []Event {
		e := event(1, 1, EventAnswer, "m.l.plain", right, 1)
		if change != nil {
			change(&e)
		}
		return []Event{e}
	}
	flag := func(response string) []Event {
		return []Event{event(1, 1, EventFlag, "m.l.plain", json.RawMessage(response), 1)}
	}
	many := make([]Event, MaxBatch+1)
	for i := range many {
		many[i] = event(i, int64(i+1), EventView, "m.l.plain", nil, 1)
	}
	tests := map[string]struct {
		device DeviceID
		events []Event
		field  string // that the refusal names, "" = in order
	}{
		"an answer":                   {phone, answer(nil), ""},
		"a flag":                      {phone, flag(`{"on":false}`), ""},
		"a view":                      {phone, many[:1], ""},
		"a submit":                    {phone, []Event{event(1, 1, EventSubmit, "", nil, 1)}, ""},
		"the largest batch":           {phone, many[:MaxBatch], ""},
		"one more":                    {phone, many, "events"},
		"an empty batch":              {phone, nil, "events"},
		"the server's device":         {ServerDevice, answer(nil), "device"},
		"no device":                   {"", answer(nil), "device"},
		"a UUID in another form":      {phone, answer(func(e *Event) { e.ID = "{" + e.ID + "}" }), "events[0].id"},
		"an id that is no UUID":       {phone, answer(func(e *Event) { e.ID = "attempt:start" }), "events[0].id"},
		"an id twice":                 {phone, slices.Concat(answer(nil), answer(nil)), "events[1].id"},
		"a sequence number below 1":   {phone, answer(func(e *Event) { e.Seq = 0 }), "events[0].seq"},
		"time before the start":       {phone, answer(func(e *Event) { e.ElapsedMS = -1 }), "events[0].elapsed_ms"},
		"time beyond all bounds":      {phone, answer(func(e *Event) { e.ElapsedMS = 1 << 62 }), "events[0].elapsed_ms"},
		"a client time that is none":  {phone, answer(func(e *Event) { e.ClientAt = "yesterday" }), "events[0].client_at"},
		"a client time with a tail":   {phone, answer(func(e *Event) { e.ClientAt = "2027-01-14T09:30:00." + strings.Repeat("0", 30) + "Z" }), "events[0].client_at"},
		"a client time with newlines": {phone, answer(func(e *Event) { e.ClientAt += "\n" }), "events[0].client_at"},
		"a question off the paper":    {phone, answer(func(e *Event) { e.Question = "m.l.other" }), "events[0].question"},
		"a choice that is not there":  {phone, answer(func(e *Event) { e.Response = json.RawMessage(`{"choice":"z"}`) }), "events[0].response"},
		"an answer without response":  {phone, answer(func(e *Event) { e.Response = nil }), "events[0].response"},
		"a response that is too long": {phone, answer(func(e *Event) { e.Response = append(slices.Clone(right), make([]byte, MaxResponse)...) }), "events[0].response"},
		"a start from outside":        {phone, answer(func(e *Event) { e.Kind = EventStart }), "events[0].kind"},
		"an expiry from outside":      {phone, answer(func(e *Event) { e.Kind = EventExpire }), "events[0].kind"},
		"an unknown kind":             {phone, answer(func(e *Event) { e.Kind = "cheat" }), "events[0].kind"},
		"a submit of one question":    {phone, answer(func(e *Event) { e.Kind, e.Response = EventSubmit, nil }), "events[0].question"},
		"a submit with a response":    {phone, answer(func(e *Event) { e.Kind, e.Question = EventSubmit, "" }), "events[0].question"},
		"a view with a response":      {phone, answer(func(e *Event) { e.Kind = EventView }), "events[0].response"},
		"a flag that says nothing":    {phone, flag(`{}`), "events[0].response"},
		"a flag that is null":         {phone, flag(`{"on":null}`), "events[0].response"},
		"a flag with more":            {phone, flag(`{"on":true,"to":false}`), "events[0].response"},
		"the second event is wrong":   {phone, []Event{many[0], event(7, 2, "cheat", "m.l.plain", nil, 1)}, "events[1].kind"},
	}
	for name, test := range tests {
		err := checkBatch(Submission{Device: test.device, Events: test.events}, paper)
		if test.field == "" {
			if err != nil {
				t.Errorf("%s: %v, want it taken", name, err)
			}
			continue
		}
		var refusal *errs.Error
		if !errors.As(err, &refusal) || refusal.Kind != errs.Invalid || len(refusal.Fields) != 1 || refusal.Fields[test.field] == "" {
			t.Errorf("%s: %+v, want Invalid about %s", name, err, test.field)
		}
	}
}
