package curriculum

// Override is another policy of a quiz, for one trainee or for a cohort. What is
// "" or nil stays as the quiz has it.
type Override struct {
	OpensAt, ClosesAt string // RFC 3339
	TimeLimitMinutes  *int   // 0 = none
	Attempts          *int   // 0 = as many as wanted
}

// Under gives the quiz as it is for whom an override holds.
func (q Quiz) Under(o Override) Quiz {
	if o.OpensAt != "" {
		q.OpensAt = o.OpensAt
	}
	if o.ClosesAt != "" {
		q.ClosesAt = o.ClosesAt
	}
	if o.TimeLimitMinutes != nil {
		q.TimeLimitMinutes = *o.TimeLimitMinutes
	}
	if o.Attempts != nil {
		q.Attempts = *o.Attempts
	}
	return q
}
