package api

// Credential is a certificate as its holder and who answers for them see it.
type Credential struct {
	ID            string `json:"id"`
	Rule          string `json:"rule" doc:"The rule that it was issued by"`
	Title         string `json:"title"`
	Description   string `json:"description"`
	Criteria      string `json:"criteria"`
	Status        string `json:"status" enum:"valid,expired,revoked,superseded"`
	IssuedAt      string `json:"issued_at" format:"date-time"`
	ValidUntil    string `json:"valid_until" format:"date-time"`
	EndsSoon      bool   `json:"ends_soon,omitempty" doc:"It is valid, and ends within 90 days"`
	SupersededBy  string `json:"superseded_by,omitempty" doc:"The credential that renews it"`
	RevokedAt     string `json:"revoked_at,omitempty" format:"date-time"`
	RevokedReason string `json:"revoked_reason,omitempty"`
	ShowName      string `json:"show_name" enum:"full,initials,none" doc:"How much of the name the public page shows"`
	ShownName     string `json:"shown_name" doc:"The name as the public page shows it"`
	VerifyURL     string `json:"verify_url"`
}

// CredentialList is a trainee's credentials and what there is to earn.
type CredentialList struct {
	Items []Credential     `json:"items" doc:"Newest first"`
	Goals []CredentialGoal `json:"goals"`
}

// CredentialGoal is a rule with how far the trainee is.
type CredentialGoal struct {
	Rule        string           `json:"rule"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Criteria    string           `json:"criteria"`
	ValidMonths int              `json:"valid_months"`
	Steps       []CredentialStep `json:"steps"`
}

// CredentialStep is a quiz that a rule asks for.
type CredentialStep struct {
	Quiz   string `json:"quiz"`
	Title  string `json:"title"`
	Module string `json:"module,omitempty"`
	Passed bool   `json:"passed"`
}

// HeldCredential is a credential of a cohort's member.
type HeldCredential struct {
	Credential
	User     string `json:"user"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

// HeldCredentialList is one page of the credentials of a cohort's members.
type HeldCredentialList struct {
	Items      []HeldCredential `json:"items" doc:"By name, each person's in the order of issue"`
	Total      int              `json:"total" doc:"Of all pages"`
	NextCursor string           `json:"next_cursor,omitempty"`
	Awards     []AwardName      `json:"awards" doc:"All that any member of the cohort has, whatever the filter"`
}

// AwardName is what certificates of one rule are called.
type AwardName struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
}

// NameShown decides how much of a name the public page shows.
type NameShown struct {
	ShowName string `json:"show_name" enum:"full,initials,none"`
}

// RevocationRequest ends a credential.
type RevocationRequest struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"The holder reads it; the public page does not show it"`
}

// Verification is what anybody may know of a credential.
type Verification struct {
	ID           string `json:"id"`
	Status       string `json:"status" enum:"valid,expired,revoked,superseded"`
	Title        string `json:"title"`
	Description  string `json:"description"`
	Criteria     string `json:"criteria"`
	Issuer       string `json:"issuer"`
	IssuedAt     string `json:"issued_at" format:"date-time"`
	ValidUntil   string `json:"valid_until" format:"date-time"`
	Holder       string `json:"holder,omitempty" doc:"As much of the name as the holder allows"`
	ShowName     string `json:"show_name" enum:"full,initials,none"`
	SupersededBy string `json:"superseded_by,omitempty"`
	RevokedAt    string `json:"revoked_at,omitempty" format:"date-time"`
}
