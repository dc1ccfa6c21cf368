package api

import (
	"context"

	"muster/internal/identity"
)

// ErasureRequest confirms who is to be erased.
type ErasureRequest struct {
	Username string `json:"username" minLength:"1" maxLength:"200" doc:"Of the person, typed again to confirm"`
}

func (s *Server) postErasure(ctx context.Context, in *struct {
	User string `path:"user" maxLength:"64"`
	Body ErasureRequest
}) (*struct{}, error) {
	user := identity.UserID(in.User)
	if err := s.Identity.Erase(ctx, actorOf(ctx), user, in.Body.Username); err != nil {
		return nil, err
	}
	s.Tokens.known.forgetUser(user)
	return &struct{}{}, nil
}
