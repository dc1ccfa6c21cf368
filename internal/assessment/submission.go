package assessment

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"muster/internal/errs"
	"muster/internal/question"
)

// checkBatch refuses what no honest client sends. It looks only at the batch
// and the paper, so it runs before the attempt is locked.
func checkBatch(in Submission, paper *Paper) error {
	if !isUUID(string(in.Device)) {
		return errs.InvalidField("device", "The device must be a UUID.")
	}
	if len(in.Events) == 0 || len(in.Events) > MaxBatch {
		return errs.InvalidField("events", "Send 1 to %d events at a time.", MaxBatch)
	}
	for i, e := range in.Events {
		if field, problem := checkEvent(e, paper); problem != "" {
			return errs.InvalidField(fmt.Sprintf("events[%d].%s", i, field), "%s", problem)
		}
		if slices.ContainsFunc(in.Events[:i], func(other Event) bool { return other.ID == e.ID }) {
			return errs.InvalidField(fmt.Sprintf("events[%d].id", i), "The id stands twice in this batch.")
		}
	}
	return nil
}

// checkEvent gives the field that is wrong and what is wrong with it, "" when
// the event is in order.
func checkEvent(e Event, paper *Paper) (field, problem string) {
	const year = 366 * 24 * time.Hour
	switch {
	case !isUUID(string(e.ID)):
		return "id", "The id must be a UUID."
	case e.Seq < 1:
		return "seq", "The sequence number starts at 1."
	case e.ElapsedMS < 0 || e.ElapsedMS > year.Milliseconds():
		return "elapsed_ms", "The elapsed time must be between 0 and one year, in milliseconds."
	case len(e.Response) > MaxResponse:
		return "response", fmt.Sprintf("The response is longer than %d bytes.", MaxResponse)
	}
	if _, err := time.Parse(time.RFC3339Nano, e.ClientAt); err != nil || len(e.ClientAt) > 40 {
		return "client_at", "The time must be in the form 2027-01-14T09:30:00.000Z."
	}
	return checkKind(e, paper)
}

// isUUID says whether text is a UUID in the form with four hyphens. The
// others that the library reads would make two ids of one.
func isUUID(text string) bool { return len(text) == 36 && uuid.Validate(text) == nil }

func checkKind(e Event, paper *Paper) (field, problem string) {
	q, onPaper := paper.Questions[e.Question]
	switch e.Kind {
	case EventSubmit:
		if e.Question != "" || e.Response != nil {
			return "question", "A submit has no question and no response."
		}
		return "", ""
	case EventAnswer, EventFlag, EventView:
		if !onPaper {
			return "question", "This question is not on the paper of this attempt."
		}
	default:
		return "kind", "The kind must be answer, flag, view or submit."
	}
	switch e.Kind {
	case EventAnswer:
		if _, err := question.ParseResponse(q, e.Response); err != nil {
			return "response", "This is not a response to the question: " + err.Error() + "."
		}
	case EventFlag:
		if !validFlag(e.Response) {
			return "response", `The response of a flag is {"on":true} or {"on":false}.`
		}
	case EventView:
		if e.Response != nil {
			return "response", "A view has no response."
		}
	}
	return "", ""
}

func validFlag(response json.RawMessage) bool {
	var flag map[string]*bool
	return json.Unmarshal(response, &flag) == nil && len(flag) == 1 && flag["on"] != nil
}

// immediateFeedback judges the answers of a batch as far as the quiz shows it as
// soon as a question is answered.
func immediateFeedback(paper *Paper, in Submission) map[question.ID]Feedback {
	shown := atOnce(paper.Quiz)
	if shown == NoDetail {
		return nil
	}
	feedback := make(map[question.ID]Feedback)
	for _, e := range in.Events {
		if e.Kind == EventAnswer {
			feedback[e.Question] = Explain(paper.Questions[e.Question], e.Response).upTo(shown)
		}
	}
	return feedback
}
