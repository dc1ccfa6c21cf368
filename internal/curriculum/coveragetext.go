package curriculum

import (
	"bufio"
	"fmt"
	"io"
	"text/tabwriter"
)

// WriteText writes the report as tables for a terminal.
func (r CoverageReport) WriteText(w io.Writer) error {
	buffer := bufio.NewWriter(w)
	t := tabwriter.NewWriter(buffer, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SECTION\tLESSONS\tQUESTIONS\tNOT TAUGHT, BECAUSE")
	for _, s := range r.Sections {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", s.Key, s.Lessons, s.Questions, s.NotTaught)
	}
	fmt.Fprintln(t, "\nOUTCOME\tPRACTICE\tEXAM")
	for _, o := range r.Outcomes {
		fmt.Fprintf(t, "%s\t%d\t%d\n", o.ID, o.Practice, o.Exam)
	}
	fmt.Fprintln(t, "\nLESSON\tWORDS\tFLESCH-KINCAID GRADE\tQUESTIONS")
	for _, l := range r.Lessons {
		fmt.Fprintf(t, "%s.%s\t%d\t%.1f\t%d\n", l.Module, l.Lesson, l.Words, l.ReadingGrade, l.Questions)
	}
	writeShares(t, "KIND", r.Kinds)
	writeShares(t, "BLOOM", r.Blooms)
	fmt.Fprintf(t, "\nOf %d choice items the key is the longest option in %d (%.0f %%), the shortest in %d (%.0f %%).\n",
		r.ChoiceItems, r.KeyLongest, percent(r.KeyLongest, r.ChoiceItems), r.KeyShortest, percent(r.KeyShortest, r.ChoiceItems))
	// Both writers keep their first error until they are flushed.
	_ = t.Flush()
	if err := buffer.Flush(); err != nil {
		return fmt.Errorf("write coverage: %w", err)
	}
	return nil
}

func writeShares(w io.Writer, name string, shares []Share) {
	total := 0
	for _, s := range shares {
		total += s.Count
	}
	fmt.Fprintf(w, "\n%s\tQUESTIONS\tSHARE\n", name)
	for _, s := range shares {
		fmt.Fprintf(w, "%s\t%d\t%.0f %%\n", s.Name, s.Count, percent(s.Count, total))
	}
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}
