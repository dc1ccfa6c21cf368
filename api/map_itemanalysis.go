package api

import (
	"math"
	"time"

	"muster/internal/itemanalysis"
	"muster/internal/psychometrics"
)

// statistic gives a figure, nil where there is none.
func statistic(v psychometrics.Value) *float64 {
	if !v.Defined() {
		return nil
	}
	f := float64(v)
	return &f
}

// occasion gives a time, nil where there is none.
func occasion(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}

func analysedQuiz(l itemanalysis.Line) AnalysedQuiz {
	out := AnalysedQuiz{
		Quiz: string(l.Quiz.Slug), Title: l.Quiz.Title, Module: string(l.Quiz.Module), Purpose: string(l.Quiz.Purpose), Attempts: l.Attempts, People: l.People,
		Mean: statistic(l.Mean), Alpha: statistic(l.Alpha), Alarms: l.Alarms, Warnings: l.Warnings, LastAt: occasion(l.To), MadeAt: occasion(l.MadeAt),
	}
	if l.Attempts > 0 {
		passed := float64(l.Passed) / float64(l.Attempts)
		out.Passed = &passed
	}
	return out
}

func quizAnalysis(l itemanalysis.Line, a *itemanalysis.Analysis) QuizAnalysis {
	out := QuizAnalysis{
		Quiz: string(a.Quiz), Title: l.Quiz.Title, Purpose: string(l.Quiz.Purpose), Which: string(a.Attempts), People: a.People,
		FirstAt: occasion(a.From), LastAt: occasion(a.To), MadeAt: a.MadeAt, Revision: a.Revision, Few: a.Test.Attempts < itemanalysis.Few,
		Test: testStatistics(a), Items: listed(a.Items, itemRow), Verdicts: listed(a.Verdicts, verdictOf),
	}
	if a.Rasch != nil {
		out.Model = &RaschModel{Spread: a.Rasch.Spread, Converged: a.Rasch.Converged}
		for i, theta := range a.Rasch.Thetas {
			out.Model.Information = append(out.Model.Information, informationPoint(theta, a.Rasch.Information[i]))
		}
	}
	return out
}

func informationPoint(theta, information float64) InformationPoint {
	return InformationPoint{Theta: theta, Information: information, StandardError: 1 / math.Sqrt(math.Max(information, 1e-12))}
}

func testStatistics(a *itemanalysis.Analysis) TestStatistics {
	t := a.Test
	return TestStatistics{
		Attempts: t.Attempts, Questions: t.Items, Max: t.Max, Mean: statistic(t.Mean), Median: statistic(t.Median), SD: statistic(t.SD),
		Skewness: statistic(t.Skewness), Kurtosis: statistic(t.Kurtosis), Alpha: statistic(t.Alpha), KR20: statistic(t.KR20), KR21: statistic(t.KR21),
		ErrorRatio: statistic(t.ErrorRatio), StandardError: statistic(t.StandardError), PassMark: t.Cut, Passed: t.Passed,
		LivingstonK2: statistic(t.LivingstonK2), LordSEM: statistic(t.LordSEM), Consistency: statistic(t.Consistency), Kappa: statistic(t.Kappa),
		Accuracy: statistic(t.Accuracy), Seconds: statistic(a.SecondsHalf),
	}
}

func itemRow(i itemanalysis.Item) ItemRow {
	s := i.Statistic
	return ItemRow{
		Question: string(i.Question), Version: string(i.Version), Stem: i.Stem, Kind: string(i.Kind), Current: i.Current, Critical: i.Critical,
		Responses: s.Responses, Seen: i.Seen, Answered: i.Answered, Right: s.Right, RightLow: statistic(s.RightInterval.Low), RightHigh: statistic(s.RightInterval.High),
		Few: s.Responses < itemanalysis.Few, Facility: statistic(s.Facility), SD: statistic(s.SD), Guess: statistic(s.Guess),
		IntendedWeight: statistic(s.IntendedWeight), EffectiveWeight: statistic(s.EffectiveWeight), Discrimination: statistic(s.Discrimination),
		Efficiency: statistic(s.Efficiency), BIndex: statistic(s.BIndex), Before: statistic(i.Before), PPDI: statistic(i.PPDI),
		Difficulty: statistic(i.Rasch.Difficulty), StandardError: statistic(i.Rasch.StandardError), Infit: statistic(i.Rasch.Infit), Outfit: statistic(i.Rasch.Outfit),
		Seconds: statistic(i.Seconds.Median), Verdicts: listed(i.Verdicts, verdictOf),
	}
}

func verdictOf(v itemanalysis.Verdict) Verdict {
	return Verdict{Code: v.Code, Severity: string(v.Severity), Text: v.Text}
}

// abilityGroups names the groups of curves.
var abilityGroups = []string{"weakest fifth", "second fifth", "middle fifth", "fourth fifth", "ablest fifth"}

func itemAnalysis(l itemanalysis.Line, a *itemanalysis.Analysis, items []itemanalysis.Item) ItemAnalysis {
	out := ItemAnalysis{Quiz: string(a.Quiz), Title: l.Quiz.Title, Which: string(a.Attempts), MadeAt: a.MadeAt, Groups: abilityGroups}
	if a.Rasch != nil {
		out.Spread = &a.Rasch.Spread
	}
	out.Items = listed(items, itemDetail)
	return out
}

func itemDetail(i itemanalysis.Item) ItemDetail {
	people := i.Statistic.Curves.Responses
	out := ItemDetail{
		ItemRow: itemRow(i), SecondsLower: statistic(i.Seconds.Lower), SecondsUpper: statistic(i.Seconds.Upper), Curve: curvePoints(people, i.Statistic.Curves.Facility),
		Information: []InformationPoint{}, Versions: listed(i.Versions, versionAnalysis), Languages: listed(i.Groups, groupAnalysis),
		Options: listed(i.Options, func(o itemanalysis.Option) OptionAnalysis {
			return OptionAnalysis{
				ID: o.ID, Text: o.Text, Key: o.Key, People: o.Picked, Low: statistic(o.Interval.Low), High: statistic(o.Interval.High),
				Rest: statistic(o.Rest), Curve: curvePoints(people, o.Curve),
			}
		}),
	}
	if b := i.Rasch.Difficulty; b.Defined() {
		for theta := -4.0; theta <= 4; theta += 0.25 {
			out.Information = append(out.Information, informationPoint(theta, psychometrics.Information(float64(b), theta)))
		}
	}
	return out
}

func curvePoints(people []int, shares []psychometrics.Value) []CurvePoint {
	points := []CurvePoint{}
	for g, share := range shares {
		points = append(points, CurvePoint{People: people[g], Share: statistic(share)})
	}
	return points
}

func versionAnalysis(v itemanalysis.VersionUse) VersionAnalysis {
	return VersionAnalysis{
		Version: string(v.Version), Responses: v.Responses, Facility: statistic(v.Facility), Right: v.Right,
		RightLow: statistic(v.Interval.Low), RightHigh: statistic(v.Interval.High), FirstAt: v.From.UTC(), LastAt: v.To.UTC(),
	}
}

func groupAnalysis(g itemanalysis.GroupDifference) GroupAnalysis {
	return GroupAnalysis{Language: g.Group, Reference: g.Reference, People: g.People, OddsRatio: statistic(g.OddsRatio), Delta: statistic(g.Delta), Class: g.Class}
}
