package api

// DocumentList is a page of source material: imported documents, the newest
// first, then the sources and the lessons of the curriculum.
type DocumentList struct {
	Items []DocumentItem `json:"items"`
	Total int            `json:"total" doc:"That fit"`
	Next  string         `json:"next,omitempty" doc:"Cursor of the next page; absent on the last"`
}

// DocumentItem is a document in a list.
type DocumentItem struct {
	ID          string `json:"id"`
	Origin      string `json:"origin" enum:"imported,lesson,source" doc:"All but imported ones can only be read"`
	Title       string `json:"title"`
	Language    string `json:"language,omitempty"`
	Reliability string `json:"reliability" enum:"high,medium,low,unverified"`
	AIDisclosed bool   `json:"ai_disclosed" doc:"The publisher says that machines helped to write it"`
	Disclosure  string `json:"disclosure,omitempty"`
	Edition     int    `json:"edition" doc:"The newest"`
	Passages    int    `json:"passages" doc:"0 of a lesson: open it"`
	Words       int    `json:"words"`
	AddedBy     string `json:"added_by,omitempty" doc:"Name"`
	AddedAt     string `json:"added_at,omitempty" format:"date-time"`
	ChangedAt   string `json:"changed_at,omitempty" format:"date-time"`
}

// DocumentText is the text of an edition.
type DocumentText struct {
	Edition  int               `json:"edition"`
	Sections []DocumentSection `json:"sections"`
}

// DocumentSection is what stands under a heading, up to the next one.
type DocumentSection struct {
	Slug     string            `json:"slug"`
	Heading  string            `json:"heading,omitempty" doc:"Absent before the first one"`
	Depth    int               `json:"depth" doc:"1 for a chapter, 0 before the first heading"`
	Passages []DocumentPassage `json:"passages"`
}

// DocumentPassage is a paragraph or what stands for one.
type DocumentPassage struct {
	Number int    `json:"number" doc:"From 1 within the section"`
	Kind   string `json:"kind" enum:"paragraph,item,row,caption"`
	Text   string `json:"text" doc:"Plain text; cells of a row are parted by \" | \""`
	Page   int    `json:"page,omitempty"`
}

// Document is a document with its text and all that is known of it.
type Document struct {
	DocumentItem
	Text        DocumentText         `json:"text"`
	Editions    []DocumentEdition    `json:"editions" doc:"Newest first; none of a text of the curriculum"`
	Corrections []DocumentCorrection `json:"corrections"`
}

// DocumentEdition is one text that a document had.
type DocumentEdition struct {
	Number   int    `json:"number"`
	Format   string `json:"format" enum:"text,markdown,html,docx,pdf"`
	FileName string `json:"file_name"`
	Note     string `json:"note,omitempty"`
	AddedBy  string `json:"added_by" doc:"Name"`
	AddedAt  string `json:"added_at" format:"date-time"`
}

// DocumentCorrection says what a document gets wrong, and what is right.
type DocumentCorrection struct {
	ID string `json:"id"`
	CorrectionRequest
	By string `json:"by,omitempty" doc:"Name; absent for a correction of the curriculum"`
	At string `json:"at,omitempty" format:"date-time"`
}

// CorrectionRequest records what a document gets wrong.
type CorrectionRequest struct {
	Sections    []string `json:"sections,omitempty" maxItems:"100" doc:"Slugs; none for the whole document"`
	Severity    string   `json:"severity" enum:"A,B,C" doc:"A false or dangerous, B misleading or outdated, C imprecise"`
	Claim       string   `json:"claim" minLength:"1" maxLength:"8000" doc:"What the document says, in other words; 2,000 characters at most"`
	Correction  string   `json:"correction" minLength:"1" maxLength:"8000" doc:"What is right; 2,000 characters at most"`
	Authorities []string `json:"authorities" minItems:"1" maxItems:"20"`
	Confidence  string   `json:"confidence" enum:"high,medium,low"`
	AsOf        string   `json:"as_of" format:"date"`
	ReviewBy    string   `json:"review_by,omitempty" format:"date"`
}

// DocumentUpload is a file to read.
type DocumentUpload struct {
	Format        string `json:"format,omitempty" enum:"text,markdown,html,docx,pdf" doc:"Absent: by the ending of the name"`
	Name          string `json:"name" minLength:"1" maxLength:"300" doc:"Of the file"`
	File          []byte `json:"file" doc:"Base64; 20 MB at most"`
	Note          string `json:"note,omitempty" maxLength:"2000" doc:"On this edition; 500 characters at most"`
	DryRun        bool   `json:"dry_run" doc:"Say what would be done, and do nothing"`
	AcceptGarbled bool   `json:"accept_garbled,omitempty" doc:"Somebody has looked at what seems garbled"`
}

// DocumentRequest is a file that becomes a document.
type DocumentRequest struct {
	DocumentUpload
	Title       string `json:"title,omitempty" maxLength:"1200" doc:"Absent: the file's own; 300 characters at most"`
	Reliability string `json:"reliability,omitempty" enum:"high,medium,low,unverified" doc:"Absent: unverified"`
	AIDisclosed bool   `json:"ai_disclosed,omitempty"`
	Disclosure  string `json:"disclosure,omitempty" maxLength:"8000" doc:"2,000 characters at most"`
}

// DocumentPatch changes what is there of it, and leaves the rest as it is.
type DocumentPatch struct {
	Title       *string `json:"title,omitempty" minLength:"1" maxLength:"1200"`
	Language    *string `json:"language,omitempty" maxLength:"35"`
	Reliability *string `json:"reliability,omitempty" enum:"high,medium,low,unverified"`
	AIDisclosed *bool   `json:"ai_disclosed,omitempty"`
	Disclosure  *string `json:"disclosure,omitempty" maxLength:"8000"`
}

// DocumentImport is what an upload has made, or would make.
type DocumentImport struct {
	Document DocumentItem      `json:"document" doc:"Its id is empty where nothing was kept"`
	Text     DocumentText      `json:"text"`
	Findings []DocumentFinding `json:"findings"`
	Known    string            `json:"known,omitempty" doc:"The document that has this very file already"`
	Follows  []AnchorFollowed  `json:"follows" doc:"Of a new edition: every anchor of a question"`
	Stale    []string          `json:"stale" doc:"Questions that are in no new paper until a trainer has looked at them"`
}

// DocumentFinding is something to know about what was read.
type DocumentFinding struct {
	Kind    string `json:"kind" enum:"garbled,encoding,dropped,shape" doc:"garbled: it must be looked at before the import"`
	Message string `json:"message"`
	Section string `json:"section,omitempty"`
	Passage int    `json:"passage,omitempty"`
	Sample  string `json:"sample,omitempty"`
}

// AnchorFollowed is what became of an anchor in a newer edition.
type AnchorFollowed struct {
	Question string          `json:"question"`
	Stem     string          `json:"stem"`
	Before   QuestionPassage `json:"before"`
	After    QuestionPassage `json:"after" doc:"changed: the passage that took its place"`
	Standing string          `json:"standing" enum:"kept,moved,changed,gone"`
}

// DocumentCoverage says which passages have questions.
type DocumentCoverage struct {
	Edition  int               `json:"edition"`
	Sections []SectionCoverage `json:"sections"`
	Outcomes []OutcomeCoverage `json:"outcomes" doc:"That the questions name; of a lesson all that it has"`
	Lost     []AnchorFollowed  `json:"lost" doc:"Anchors whose words do not stand in the newest edition"`
}

// SectionCoverage is the questions on a section.
type SectionCoverage struct {
	Slug     string            `json:"slug"`
	Passages []PassageCoverage `json:"passages"`
}

// PassageCoverage is the questions on a passage.
type PassageCoverage struct {
	Number    int            `json:"number"`
	Questions []string       `json:"questions"`
	Stale     int            `json:"stale"`
	Approved  int            `json:"approved" doc:"That papers have"`
	Spans     []QuestionSpan `json:"spans" doc:"The words that they answer to"`
}

// QuestionSpan is what of a passage a question answers to.
type QuestionSpan struct {
	Question string `json:"question"`
	Start    int    `json:"start" doc:"Characters (code points) from the start of the passage"`
	End      int    `json:"end" doc:"Exclusive"`
}

// OutcomeCoverage is how many questions on a document name an outcome.
type OutcomeCoverage struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Questions int    `json:"questions"`
}

// DraftList is the drafts that nobody has decided on.
type DraftList struct {
	Items []DraftQuestion `json:"items" doc:"In the order of the document, within a passage the best first"`
}

// DraftQuestion is a question that a rule proposes.
type DraftQuestion struct {
	ID       string       `json:"id"`
	Rule     string       `json:"rule"`
	Score    float64      `json:"score" minimum:"0" maximum:"1"`
	Why      string       `json:"why" doc:"What the rule saw"`
	Question QuestionText `json:"question"`
}

// DraftAcceptance takes a draft into the bank.
type DraftAcceptance struct {
	Question *QuestionText `json:"question,omitempty" doc:"What the trainer made of it; absent: as it is"`
	Tags     []string      `json:"tags" maxItems:"30"`
}

// DraftRejection leaves a draft.
type DraftRejection struct {
	Reason string `json:"reason" maxLength:"2000" doc:"500 characters at most"`
}

// DraftRules is how trainers took the drafts of each rule.
type DraftRules struct {
	Items []DraftRule `json:"items"`
}

// DraftRule is how trainers took the drafts of a rule.
type DraftRule struct {
	Rule     string `json:"rule"`
	Proposed int    `json:"proposed" doc:"For imported documents"`
	Accepted int    `json:"accepted"`
	Edited   int    `json:"edited" doc:"Accepted with other words"`
	Rejected int    `json:"rejected"`
}
