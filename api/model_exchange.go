package api

// QuestionImport is a file of questions to keep as drafts.
type QuestionImport struct {
	Format   string   `json:"format,omitempty" enum:"auto,sheet,csv,aiken,gift,moodlexml,qti21,qti30" doc:"Absent or auto: as the file looks; sheet: XLSX or CSV"`
	Name     string   `json:"name" minLength:"1" maxLength:"300" doc:"Of the file"`
	File     []byte   `json:"file" doc:"Base64; 20 MB and 20,000 questions at most"`
	DryRun   bool     `json:"dry_run" doc:"Say what would be done, and do nothing"`
	Copies   bool     `json:"copies,omitempty" doc:"Keep a question though the bank has the same text"`
	Pool     string   `json:"pool,omitempty" enum:"practice,exam" doc:"For questions that do not say theirs; absent: practice"`
	Module   string   `json:"module,omitempty" maxLength:"200"`
	Lesson   string   `json:"lesson,omitempty" maxLength:"200" doc:"For questions that name no outcome: the first outcome of this lesson"`
	Outcomes []string `json:"outcomes,omitempty" maxItems:"20" doc:"For questions that name none"`
	Tags     []string `json:"tags,omitempty" maxItems:"30" doc:"In addition to those of the file"`
}

// QuestionImportReport is what an import has made of a file, or would make.
type QuestionImportReport struct {
	Format    string             `json:"format" doc:"That was read"`
	Created   int                `json:"created" doc:"0 in a dry run"`
	Pictures  int                `json:"pictures" doc:"That the questions show"`
	Known     int                `json:"known" doc:"The bank has the same text already"`
	Refused   int                `json:"refused" doc:"Questions of the file that cannot be kept; the findings say why"`
	Questions []ImportedQuestion `json:"questions" doc:"Those that can be kept, by line"`
	Findings  []ExchangeFinding  `json:"findings" doc:"By line"`
}

// ImportedQuestion is a question of a file that can be kept.
type ImportedQuestion struct {
	Line     int               `json:"line" doc:"From 1; of a sheet the row"`
	ID       string            `json:"id,omitempty" doc:"Absent in a dry run, unless the bank has the question"`
	Title    string            `json:"title" doc:"Its title, else the start of its stem"`
	Kind     string            `json:"kind"`
	Known    bool              `json:"known" doc:"The bank has the same text already"`
	Tags     []string          `json:"tags"`
	Open     int               `json:"open" doc:"How many things stand in the way of approval"`
	Question *QuestionText     `json:"question,omitempty" doc:"Of the first 200"`
	Findings []QuestionFinding `json:"findings,omitempty" doc:"Of the first 200"`
}

// ExchangeFinding is something to know about a file, or about a question in it.
type ExchangeFinding struct {
	Line     int    `json:"line" doc:"From 1; 0: about the file as a whole, or a file that is written"`
	Column   int    `json:"column,omitempty"`
	Question string `json:"question,omitempty" doc:"What it is called"`
	Severity string `json:"severity" enum:"error,warning,note" doc:"error: the question is not taken over; warning: not all of it is"`
	Message  string `json:"message"`
}

// QuestionExportFindings is what a format cannot carry.
type QuestionExportFindings struct {
	Questions int               `json:"questions" doc:"That fit"`
	Left      int               `json:"left_out" doc:"Of which the format cannot carry the key"`
	Findings  []ExchangeFinding `json:"findings"`
}
