package cohort

import (
	"context"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// ActionJoinCode is the audit action of a new join code.
const ActionJoinCode audit.Action = "cohort.join_code"

// joinGroups is the length of a join code, in groups of four.
const joinGroups = 2

func newCode() string { return identity.NewCode(joinGroups) }

// NormalCode brings a join code as somebody typed it to the printed form, and
// what cannot be one to "".
func NormalCode(typed string) string { return identity.NormalCode(typed, joinGroups) }

// RenewJoinCode gives a cohort another join code; the one before ends.
func (s *Service) RenewJoinCode(ctx context.Context, actor identity.Actor, id ID) (Detail, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	err := s.Store.ChangeCohort(ctx, id, func(c *Cohort) (audit.Entry, error) {
		c.JoinCode = newCode()
		return s.entry(actor, ActionJoinCode, string(id), nil), nil
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// SignInCode is a one-time code for somebody to sign in with.
type SignInCode struct {
	Member Member
	identity.IssuedCode
}

// IssueSignInCodes gives people of a cohort one-time codes, to be printed. Only
// trainees get one: a code for anybody else would lend their rights. What holds
// a code of before is worthless then.
func (s *Service) IssueSignInCodes(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID) ([]SignInCode, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return nil, err
	}
	ids := make([]identity.UserID, len(members))
	for i, m := range members {
		if m.Role != identity.Trainee {
			return nil, errs.InvalidField("users", "Codes are for trainees. An administrator resets the password of anybody else.")
		}
		ids[i] = m.ID
	}
	issued, err := s.Identity.IssueCodes(ctx, ids, string(actor.ID))
	if err != nil {
		return nil, err
	}
	codes := make([]SignInCode, len(issued))
	for i := range issued {
		codes[i] = SignInCode{Member: members[i], IssuedCode: issued[i]}
	}
	return codes, nil
}
