package api

import "time"

// ReportWish is how somebody wants a cohort's report every week.
type ReportWish struct {
	Format  string `json:"format" enum:"csv,xlsx,pdf" doc:"pdf: the whole cohort on one sheet"`
	Weekday int    `json:"weekday" minimum:"1" maximum:"7" doc:"1 = Monday … 7 = Sunday, UTC"`
}

// ReportSchedule is what the person asked for of a cohort.
type ReportSchedule struct {
	Wish   *ReportWish `json:"wish,omitempty" doc:"Left out where they asked for nothing"`
	NextAt *time.Time  `json:"next_at,omitempty" doc:"When the next report is due; it is made within the hour"`
	Mails  bool        `json:"mails" doc:"Whether this server sends e-mail; a report goes to who has an address, too"`
	Email  string      `json:"email,omitempty" doc:"The person's own address"`
}

// ReportFileList is the reports that were made for the person, newest first.
type ReportFileList struct {
	Items []ReportFile `json:"items"`
}

// ReportFile is a report that was made for the person.
type ReportFile struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Format string    `json:"format" enum:"csv,xlsx,pdf"`
	MadeAt time.Time `json:"made_at"`
	Bytes  int       `json:"bytes"`
	Mail   string    `json:"mail,omitempty" enum:"sent,refused" doc:"What became of its e-mail; left out where none was sent"`
}

// OwnEmail is a person's own address.
type OwnEmail struct {
	Email string `json:"email" maxLength:"254" doc:"Empty for none"`
}
