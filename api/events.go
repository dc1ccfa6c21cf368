package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"muster/internal/assessment"
	"muster/internal/errs"
	"muster/internal/question"
)

// eventsPath is the one address that Huma describes and does not serve, besides
// the catalogue: every answer of everybody passes here, and Huma's second
// decoding would cost it a third of its speed. assessment checks each field.
const eventsPath = "/attempts/{attempt}/events"

// postEvents appends events to an attempt, and answers once they are durable.
func (s *Server) postEvents(c *fiber.Ctx) error {
	actor, err := s.authenticate(c)
	if err != nil {
		return err
	}
	batch, err := decodeEvents(c)
	if err != nil {
		return err
	}
	ack, err := s.Assessment.Append(c.UserContext(), actor, assessment.AttemptID(c.Params("attempt")), batch)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(s.eventAck(ack))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(raw)
}

// sentBatch is an EventBatch as it arrives.
type sentBatch struct {
	Device string      `json:"device"`
	Events []sentEvent `json:"events"`
}

// sentEvent is an Event of which a missing time is told from 0.
type sentEvent struct {
	Event
	ElapsedMS *int64 `json:"elapsed_ms"`
}

// check gives the field that is wrong where assessment would not see it.
func (e sentEvent) check() (field, problem string) {
	const longest = 2 * sha256.Size
	switch {
	case e.ElapsedMS == nil:
		return "elapsed_ms", "This field is missing."
	case len(e.PrevHash) > longest:
		return "prev_hash", "The hash is longer than 64 characters."
	case len(e.Hash) > longest:
		return "hash", "The hash is longer than 64 characters."
	}
	return "", ""
}

func decodeEvents(c *fiber.Ctx) (assessment.Submission, error) {
	if !isJSON(c) {
		return assessment.Submission{}, fiber.ErrUnsupportedMediaType
	}
	if len(c.Request().URI().QueryString()) > 0 {
		return assessment.Submission{}, fiber.NewError(http.StatusUnprocessableEntity)
	}
	var in sentBatch
	if err := decodeKnown(c.Body(), &in); err != nil {
		return assessment.Submission{}, err
	}
	batch := assessment.Submission{Device: assessment.DeviceID(in.Device), Events: make([]assessment.Event, len(in.Events))}
	for i, e := range in.Events {
		if field, problem := e.check(); problem != "" {
			return assessment.Submission{}, errs.InvalidField(fmt.Sprintf("events[%d].%s", i, field), "%s", problem)
		}
		batch.Events[i] = assessment.Event{
			ID: assessment.EventID(e.ID), Seq: e.Seq, Kind: assessment.EventKind(e.Kind), Question: question.ID(e.Question),
			Response: e.Response, ClientAt: e.ClientAt, ElapsedMS: *e.ElapsedMS, PrevHash: e.PrevHash, Hash: e.Hash,
		}
	}
	return batch, nil
}

// decodeKnown decodes a body whose every field must be known, in the case that
// it is documented in.
func decodeKnown(body []byte, in *sentBatch) error {
	if checkKeys(body) != nil {
		return fiber.ErrBadRequest
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(in)
	if err == nil && !decoder.More() {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return errs.InvalidField(strings.Replace(wrong.Field, ".Event.", ".", 1), "This must be a %s.", plainType(wrong.Type))
	}
	if err == nil {
		return fiber.ErrBadRequest
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return errs.InvalidField(strings.Trim(field, `"`), "There is no such field.")
	}
	return fiber.ErrBadRequest
}

func plainType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int64:
		return "whole number"
	case reflect.String:
		return "string"
	case reflect.Slice:
		return "list"
	}
	return "JSON object"
}

// documentEvents adds the address to the description.
func (s *Server) documentEvents(api huma.API) {
	description := api.OpenAPI()
	op := s.operation(http.MethodPost, eventsPath, "appendEvents", "Append 1 to 500 events; acknowledged once durable", signedIn)
	schema := func(t reflect.Type) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: description.Components.Schemas.Schema(t, true, op.OperationID)}}
	}
	op.Parameters = []*huma.Param{{Name: "attempt", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}}}
	op.RequestBody = &huma.RequestBody{Required: true, Content: schema(reflect.TypeFor[EventBatch]())}
	op.Responses = map[string]*huma.Response{
		"200": {Description: "OK", Content: schema(reflect.TypeFor[EventAck]())},
		"409": {Description: "event_conflict, sequence_gap or chain_broken", Content: map[string]*huma.MediaType{
			"application/problem+json": {Schema: description.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, op.OperationID)}}},
	}
	description.AddOperation(&op)
}
