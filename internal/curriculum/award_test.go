package curriculum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
)

const (
	awards      = "credentials.yaml"
	soundAwards = `credentials:
  - slug: field-ready
    title: Field ready
    description: The holder knows the first things.
    criteria: Pass the check and the final exam.
    modules: [first]
    exam: final
    critical: true
    valid_months: 24
`
)

func TestAwards(t *testing.T) {
	t.Parallel()
	c, findings, err := curriculum.Read(small(t, edit{exam, "", soundExam}, edit{awards, "", soundAwards}))
	if err != nil || len(findings) > 0 {
		t.Fatalf("Read: %v, %v", findings, err)
	}
	want := []curriculum.Award{{
		Slug: "field-ready", Title: "Field ready", Description: "The holder knows the first things.", Criteria: "Pass the check and the final exam.",
		Modules: []curriculum.ModuleSlug{"first"}, Exam: "final", Critical: true, ValidMonths: 24,
	}}
	if diff := cmp.Diff(want, c.Awards); diff != "" {
		t.Errorf("Awards (-want +got):\n%s", diff)
	}
	doc, version, err := curriculum.EncodeAward(c.Awards[0])
	if err != nil {
		t.Fatal(err)
	}
	back, err := curriculum.DecodeAward(doc)
	if diff := cmp.Diff(want[0], back); diff != "" || err != nil || len(version) != 32 {
		t.Errorf("DecodeAward, %v, version %s (-want +got):\n%s", err, version, diff)
	}
	back.ValidMonths++
	if _, other, _ := curriculum.EncodeAward(back); other == version {
		t.Error("a changed rule has the same version")
	}
}

func TestAwardFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"no exam", "exam: final", "exam: first.basics.practice", []string{awards + `:2: error: exam "first.basics.practice" is no exam`}},
		{"an unknown module", "[first]", "[first, last]", []string{awards + `:2: error: modules: "last" is no module with a check`}},
		{"for ever", "valid_months: 24", "valid_months: 0", []string{awards + ":2: error: valid_months is 0, must be between 1 and 120"}},
		{"no words", "criteria: Pass the check and the final exam.", `criteria: ""`, []string{awards + ":2: error: criteria is missing"}},
		{"an unknown key", "critical: true", "kritical: true", []string{awards + `:8: error: unknown field "kritical"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := curriculum.Read(small(t, edit{exam, "", soundExam}, edit{awards, "", soundAwards}, edit{awards, tt.old, tt.new}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
