package api

import (
	"maps"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"muster/internal/errs"
	"muster/internal/identity"
)

// AccessLifetime is how long an access token is good for.
const AccessLifetime = 10 * time.Minute

// actorTTL bounds how long a change of role, a suspension or a sign-out
// elsewhere may go unnoticed.
const actorTTL = 2 * time.Second

const issuer = "muster"

// Tokens makes and reads access tokens: JWTs signed with HS256, because an
// EdDSA signature costs ten times as much to verify on every request.
type Tokens struct {
	key    []byte
	now    func() time.Time
	parser *jwt.Parser
	known  actorCache
}

// NewTokens makes tokens with a key of at least 32 bytes.
func NewTokens(key []byte, now func() time.Time) *Tokens {
	return &Tokens{
		key: key, now: now,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(issuer), jwt.WithAudience(issuer),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding(), jwt.WithTimeFunc(now),
		),
	}
}

type claims struct {
	jwt.RegisteredClaims
	Session identity.SessionID `json:"sid"`
}

const tokenType = "at+jwt"

// Issue makes an access token for a session.
func (t *Tokens) Issue(user identity.UserID, session identity.SessionID) (string, error) {
	now := t.now()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{issuer}, Subject: string(user),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(AccessLifetime)),
		},
		Session: session,
	})
	token.Header["typ"] = tokenType
	return token.SignedString(t.key)
}

// session reads the session out of an access token.
func (t *Tokens) session(raw string) (identity.SessionID, error) {
	var c claims
	token, err := t.parser.ParseWithClaims(raw, &c, func(*jwt.Token) (any, error) { return t.key, nil })
	if err != nil || token.Header["typ"] != tokenType || c.Session == "" {
		return "", &errs.Error{Kind: errs.Unauthenticated, Code: "unauthenticated", Msg: "Sign in to go on.", Err: err}
	}
	return c.Session, nil
}

// actorCache remembers for a moment who a token stands for, so that a burst of
// answers does not verify and look up the same session again and again.
type actorCache struct {
	mu      sync.RWMutex
	entries map[string]cachedActor
}

type cachedActor struct {
	actor identity.Actor
	until time.Time
}

// maxCached bounds the cache; it is emptied when it is full.
const maxCached = 20_000

func (c *actorCache) find(token string, now time.Time) (identity.Actor, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	entry, ok := c.entries[token]
	return entry.actor, ok && now.Before(entry.until)
}

func (c *actorCache) keep(token string, actor identity.Actor, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil || len(c.entries) >= maxCached {
		c.entries = make(map[string]cachedActor)
	}
	c.entries[token] = cachedActor{actor: actor, until: now.Add(actorTTL)}
}

// forget drops what is known of a session that has just ended here.
func (c *actorCache) forget(session identity.SessionID) {
	c.drop(func(a identity.Actor) bool { return a.Session == session })
}

// forgetUser drops what is known of a user whose sessions have all ended here.
func (c *actorCache) forgetUser(user identity.UserID) {
	c.drop(func(a identity.Actor) bool { return a.ID == user })
}

func (c *actorCache) drop(gone func(identity.Actor) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.entries, func(_ string, entry cachedActor) bool { return gone(entry.actor) })
}
