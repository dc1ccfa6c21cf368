package assessment

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// Draw draws a paper from a quiz's blueprint. Each rule takes questions that
// no earlier rule took, those first that the trainee has seen least, at random
// among equals. The seed alone decides: the same seed, catalogue and exposure
// give the same paper.
func Draw(catalogue *curriculum.Catalogue, quiz curriculum.Quiz, seen map[question.ID]int, seed int64) ([]question.ID, error) {
	random := rand.New(rand.NewPCG(uint64(seed), 0x6d7573746572))
	var paper []question.ID
	for _, rule := range quiz.Rules {
		if len(rule.Questions) > 0 {
			paper = append(paper, catalogue.Eligible(quiz, rule)...)
			continue
		}
		eligible := slices.DeleteFunc(catalogue.Eligible(quiz, rule), func(id question.ID) bool { return slices.Contains(paper, id) })
		if len(eligible) < rule.Draw {
			return nil, tooFew()
		}
		random.Shuffle(len(eligible), func(i, j int) { eligible[i], eligible[j] = eligible[j], eligible[i] })
		slices.SortStableFunc(eligible, func(a, b question.ID) int { return cmp.Compare(seen[a], seen[b]) })
		paper = append(paper, eligible[:rule.Draw]...)
	}
	if len(paper) == 0 {
		return nil, tooFew()
	}
	if quiz.Purpose != curriculum.PurposePractice && quiz.Purpose != curriculum.PurposeScenario {
		random.Shuffle(len(paper), func(i, j int) { paper[i], paper[j] = paper[j], paper[i] })
	}
	return paper, nil
}

func tooFew() error {
	return errs.New(errs.Unavailable, "too_few_questions", "This quiz cannot be started: it needs more questions than there are. Tell your trainer.")
}
