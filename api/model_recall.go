package api

// Recall is what a trainee should be asked again, before it is forgotten.
type Recall struct {
	Due     []RecallDue `json:"due" doc:"Nearest to being forgotten first"`
	Cards   int         `json:"cards" doc:"Questions of a review that is started now; 0 while too little is due"`
	Minutes int         `json:"minutes" doc:"About how long they take"`
	NextDue string      `json:"next_due,omitempty" format:"date-time" doc:"While there are no cards: when the next outcome falls due"`
}

// RecallDue is an outcome that is about to be forgotten.
type RecallDue struct {
	Outcome string `json:"outcome"`
	Text    string `json:"text"`
	Module  string `json:"module"`
}
