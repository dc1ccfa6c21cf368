package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// Figure is one thing that was measured, beside the limit of the same run.
type Figure struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Limit  float64 `json:"limit,omitempty"` // of the machine, in the same unit; 0 = none was measured
	Target string  `json:"target"`
	Met    bool    `json:"met"`
}

// Share is the value as a share of the limit, 0 without one.
func (f Figure) Share() float64 {
	if f.Limit == 0 {
		return 0
	}
	return f.Value / f.Limit
}

// WriteText prints figures as a table.
func WriteText(w io.Writer, figures []Figure) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "figure\tmeasured\tlimit in this run\tshare\ttarget\tmet")
	for _, f := range figures {
		limit, share := "", ""
		if f.Limit != 0 {
			limit, share = fmt.Sprintf("%.0f", f.Limit), fmt.Sprintf("%.2f", f.Share())
		}
		fmt.Fprintf(table, "%s\t%.4g %s\t%s\t%s\t%s\t%v\n", f.Name, f.Value, f.Unit, limit, share, f.Target, f.Met)
	}
	return table.Flush()
}

// WriteJSON prints figures as one JSON object.
func WriteJSON(w io.Writer, figures []Figure) error {
	return json.NewEncoder(w).Encode(map[string][]Figure{"figures": figures})
}
