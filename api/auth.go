package api

import (
	"context"
	"net/http"
	"time"

	"muster/internal/identity"
)

const refreshCookie = "muster_refresh"

type sessionReply struct {
	Status    int
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Session
}

func (s *Server) postLogin(ctx context.Context, in *struct{ Body Credentials }) (*sessionReply, error) {
	signed, err := s.Identity.SignIn(ctx, in.Body.Username, in.Body.Password, addressOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.session(ctx, http.StatusOK, signed)
}

func (s *Server) postJoin(ctx context.Context, in *struct{ Body JoinRequest }) (*sessionReply, error) {
	user, err := s.Cohorts.Join(ctx, in.Body.Code, identity.Registration{
		Username: in.Body.Username, Password: in.Body.Password, Name: in.Body.Name, Locale: in.Body.Locale,
	}, addressOf(ctx))
	if err != nil {
		return nil, err
	}
	signed, err := s.Identity.Begin(ctx, user)
	if err != nil {
		return nil, err
	}
	return s.session(ctx, http.StatusCreated, signed)
}

type refreshRequest struct {
	Refresh string `cookie:"muster_refresh"`
}

func (s *Server) postRefresh(ctx context.Context, in *refreshRequest) (*sessionReply, error) {
	signed, err := s.Identity.Refresh(ctx, in.Refresh)
	if err != nil {
		return nil, err
	}
	return s.session(ctx, http.StatusOK, signed)
}

type signedOut struct {
	SetCookie        http.Cookie `header:"Set-Cookie"`
	ClearBrowserData string      `header:"Clear-Site-Data"`
}

func (s *Server) postLogout(ctx context.Context, in *refreshRequest) (*signedOut, error) {
	session, err := s.Identity.SignOut(ctx, in.Refresh)
	if err != nil {
		return nil, err
	}
	s.Tokens.known.forget(session)
	return &signedOut{SetCookie: s.cookie("", -1), ClearBrowserData: `"cache"`}, nil
}

func (s *Server) postPassword(ctx context.Context, in *struct{ Body PasswordChange }) (*sessionReply, error) {
	actor := actorOf(ctx)
	signed, err := s.Identity.ChangePassword(ctx, actor, in.Body.Current, in.Body.New, addressOf(ctx))
	if err != nil {
		return nil, err
	}
	s.Tokens.known.forget(actor.Session)
	return s.session(ctx, http.StatusOK, signed)
}

func (s *Server) getMe(ctx context.Context, _ *struct{}) (*reply[User], error) {
	actor := actorOf(ctx)
	_, user, err := s.Identity.Authenticate(ctx, actor.Session)
	if err != nil {
		return nil, err
	}
	body, err := s.user(ctx, actor, user)
	return ok(body), err
}

// session makes the reply of a sign-in: the access token in the body, the
// refresh token in a cookie that scripts cannot read.
func (s *Server) session(ctx context.Context, status int, signed identity.SignedIn) (*sessionReply, error) {
	token, err := s.Tokens.Issue(signed.User.ID, signed.Session)
	if err != nil {
		return nil, err
	}
	user, err := s.user(ctx, identity.Actor{ID: signed.User.ID, Role: signed.User.Role, Session: signed.Session}, signed.User)
	if err != nil {
		return nil, err
	}
	return &sessionReply{
		Status: status, SetCookie: s.cookie(signed.Refresh, int(identity.Idle/time.Second)),
		Body: Session{AccessToken: token, ExpiresIn: int(AccessLifetime / time.Second), User: user},
	}, nil
}

func (s *Server) cookie(value string, maxAge int) http.Cookie {
	return http.Cookie{
		Name: refreshCookie, Value: value, Path: base + "/auth", MaxAge: maxAge,
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode,
	}
}

func (s *Server) user(ctx context.Context, actor identity.Actor, u identity.User) (User, error) {
	memberships, err := s.Cohorts.Memberships(ctx, actor)
	if err != nil {
		return User{}, err
	}
	out := User{ID: string(u.ID), Username: u.Username, Name: u.Name, Role: string(u.Role), Locale: u.Locale, Cohorts: []CohortCard{}}
	for _, m := range memberships {
		out.Cohorts = append(out.Cohorts, CohortCard{ID: string(m.ID), Name: m.Name, DeploysOn: m.DeploysOn})
	}
	return out, nil
}
