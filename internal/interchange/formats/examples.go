package formats

import (
	"muster/internal/interchange"
	"muster/internal/question"
)

// Examples are one question of each kind, with all that authors usually give, to
// be written as a template.
func Examples() []interchange.Item {
	yes, elected := true, 10.0
	questions := []question.Question{
		{
			Kind: question.Single, Stem: "Who heads a multidimensional mission?", Options: []question.Option{
				{Text: "The Special Representative of the Secretary-General", Correct: true, Feedback: "Yes: all parts of the mission report to them."},
				{Text: "The Force Commander", Feedback: "The Force Commander leads the military part.", Misconception: "A mission is a military operation"},
				{Text: "The host government", Feedback: "The host government consents; it does not command.", Misconception: "Consent is command"},
			},
			Explanation: "The head of mission answers to the Secretary-General.",
		},
		{
			Kind: question.Multiple, Stem: "Which are principles of peacekeeping?", Options: []question.Option{
				{Text: "Consent of the parties", Correct: true}, {Text: "Impartiality", Correct: true},
				{Text: "Neutrality", Feedback: "Impartiality is not neutrality.", Misconception: "Impartial means passive"},
			},
		},
		{
			Kind: question.TrueFalse, Stem: "Every peacekeeper may use force in self-defence.", Truth: &yes, RightFeedback: "Yes.",
			Wrong: &question.Mistake{Feedback: "Self-defence is always allowed.", Misconception: "Force needs an order in every case"},
		},
		{
			Kind: question.Match, Stem: "Match each organ to its task.", Extra: []question.Choice{{Text: "commands the contingents"}}, Pairs: []question.Pair{
				{Left: "Security Council", Right: "gives the mandate"}, {Left: "General Assembly", Right: "approves the budget"},
				{Left: "Secretariat", Right: "plans and supports the mission"},
			},
		},
		{
			Kind: question.Order, Stem: "Put the steps into their order.", Sequence: []question.Choice{{Text: "Stop"}, {Text: "Report"}, {Text: "Wait for orders"}},
			Mistakes: []question.Mistake{{Feedback: "First stop, whatever follows.", Misconception: "Reporting comes first"}},
		},
		{
			Kind: question.Numeric, Stem: "How many members has the Security Council?", Answer: &question.Quantity{Value: 15},
			Mistakes: []question.Mistake{{Value: &elected, Feedback: "Ten are elected; five more are permanent.", Misconception: "Only elected members count"}},
		},
		{Kind: question.Cloze, Stem: "A mandate is given by the ____.", Blanks: []question.Blank{{Accepted: []string{"Security Council", "UNSC"}, Feedback: "It is an organ with fifteen members."}}},
		{
			Kind: question.Judgement, Stem: "A child asks you for food at the gate. What do you do first?", Options: []question.Option{
				{Text: "Speak kindly and call the child protection focal point", Grade: 3}, {Text: "Speak kindly and note it for the report", Grade: 2},
				{Text: "Send the child away", Grade: 1}, {Text: "Give food in return for news", Grade: 0, Misconception: "A gift may buy information"},
			},
		},
		{
			Kind: question.Essay, Stem: "Why must a mission be impartial, and what does that ask of you at a checkpoint?", MaxWords: 150,
			Rubric: []question.Criterion{
				{Text: "Gives the reason: without trust there is no consent", Points: 2, Guide: "1 point for trust alone."},
				{Text: "Names something to do at the checkpoint", Points: 3, Guide: "1 point for each deed, such as the same search for everybody."},
			},
			Model:       "Each party consents as long as it trusts the mission. So I search everybody in the same way, whoever they are for.",
			Explanation: "Impartial means the same rules for all, not to stand by.",
		},
	}
	items := make([]interchange.Item, len(questions))
	for i, q := range questions {
		q.Pool, q.Bloom, q.Difficulty = question.Practice, question.Blooms[1], 2
		items[i] = interchange.Item{Question: q, Tags: []string{"example"}}
	}
	return items
}
