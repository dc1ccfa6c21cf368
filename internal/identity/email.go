package identity

import (
	"context"

	"muster/internal/audit"
)

// ActionEmail is the audit action of another e-mail address. The address itself
// is not kept in the trail, where nothing can be erased.
const ActionEmail audit.Action = "user.email"

// ChangeEmail gives the actor another e-mail address, "" for none. Invalid.
func (s *Service) ChangeEmail(ctx context.Context, actor Actor, email string) error {
	if err := checkEmail(email); err != nil {
		return err
	}
	return s.Store.ChangeEmail(ctx, actor.ID, email, audit.Entry{At: s.Now(), Actor: string(actor.ID), Action: ActionEmail, Object: string(actor.ID)})
}
