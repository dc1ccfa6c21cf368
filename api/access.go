package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/review"
)

// who is the policy of a route: who may call it at all. What they may see of
// it is decided by the service, from the actor.
type who string

const (
	anyone       who = "anyone"       // signed in or not
	cookied      who = "cookie"       // holds the refresh cookie and sends the custom header
	signedIn     who = "signed_in"    // any role
	reviewer     who = "reviewer"     // trainers and admins
	coordinating who = "coordinating" // coordinators and admins
	admin        who = "admin"        // admins
)

const whoKey = "who"

type contextKey string

const (
	actorKey   contextKey = "actor"
	addressKey contextKey = "address"
	requestKey contextKey = "request"
)

// actorOf gives the actor whom access has established for the request.
func actorOf(ctx context.Context) identity.Actor {
	actor, _ := ctx.Value(actorKey).(identity.Actor)
	return actor
}

func addressOf(ctx context.Context) string {
	address, _ := ctx.Value(addressKey).(string)
	return address
}

// access enforces the policy of an operation, and hands the actor on.
func (s *Server) access(policy who) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humafiber.UnwrapV2(ctx)
		ctx = huma.WithValue(ctx, addressKey, s.address(c))
		ctx = huma.WithValue(ctx, requestKey, requestID(c))
		switch policy {
		case anyone:
		case cookied:
			if ctx.Header("X-Muster") == "" {
				s.refuse(ctx, errs.New(errs.Forbidden, "forbidden", "This address needs the header X-Muster."))
				return
			}
		case signedIn, reviewer, coordinating, admin:
			actor, err := s.authenticate(c)
			if err == nil {
				err = policy.admit(actor.Role)
				s.noteDenial(ctx, actor, err)
			}
			if err != nil {
				s.refuse(ctx, err)
				return
			}
			ctx = huma.WithValue(ctx, actorKey, actor)
		default:
			s.refuse(ctx, fiber.ErrNotFound)
			return
		}
		if ctx.Operation().RequestBody != nil && !isJSON(c) {
			s.refuse(ctx, fiber.ErrUnsupportedMediaType)
			return
		}
		next(ctx)
	}
}

// admit answers Forbidden for a role that a policy does not let in.
func (policy who) admit(role identity.Role) error {
	switch {
	case policy == reviewer && !review.Reviewer(role):
		return errs.New(errs.Forbidden, "forbidden", "Only trainers may see this.")
	case policy == coordinating && !cohort.Coordinates(role):
		return errs.New(errs.Forbidden, "forbidden", "Only coordinators look after cohorts.")
	case policy == admin && role != identity.Admin:
		return errs.New(errs.Forbidden, "forbidden", "Only administrators may see this.")
	}
	return nil
}

// noteDenial enters in the audit trail that a role was refused. The refusal does
// not wait for a trail that cannot be written.
func (s *Server) noteDenial(ctx huma.Context, actor identity.Actor, denied error) {
	if denied == nil {
		return
	}
	if err := s.Trail.Deny(ctx.Context(), actor, ctx.Operation().OperationID); err != nil {
		s.Logger.Error("refused access is not in the audit trail", slog.String("request_id", requestOf(ctx.Context())), slog.Any("error", err))
	}
}

// isJSON says whether a body is sent as what every route reads. Huma would
// take one without a type, which other sites' pages can send.
func isJSON(c *fiber.Ctx) bool {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	return strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationJSON)
}

func (s *Server) refuse(ctx huma.Context, err error) {
	c := humafiber.UnwrapV2(ctx)
	if failed := s.fail(c, err); failed != nil {
		ctx.SetStatus(http.StatusInternalServerError)
	}
}

// authenticate gives the actor of the bearer token.
func (s *Server) authenticate(c *fiber.Ctx) (identity.Actor, error) {
	return s.bearer(c.UserContext(), c.Get(fiber.HeaderAuthorization))
}

// bearer gives the actor of the token that an Authorization header carries.
func (s *Server) bearer(ctx context.Context, authorization string) (identity.Actor, error) {
	raw, ok := strings.CutPrefix(authorization, "Bearer ")
	if !ok {
		return identity.Actor{}, errs.New(errs.Unauthenticated, "unauthenticated", "Sign in to go on.")
	}
	now := s.Now()
	if actor, ok := s.Tokens.known.find(raw, now); ok {
		return actor, nil
	}
	session, err := s.Tokens.session(raw)
	if err != nil {
		return identity.Actor{}, err
	}
	actor, _, err := s.Identity.Authenticate(ctx, session)
	if err == nil {
		s.Tokens.known.keep(raw, actor, now)
	}
	return actor, err
}

func requestOf(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}
