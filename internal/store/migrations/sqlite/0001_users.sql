-- +goose Up
CREATE TABLE users (
	id              TEXT    NOT NULL PRIMARY KEY,
	username        TEXT    NOT NULL,
	username_folded TEXT    NOT NULL UNIQUE,
	name            TEXT    NOT NULL,
	role            TEXT    NOT NULL CHECK (role IN ('trainee', 'trainer', 'coordinator', 'admin')),
	locale          TEXT    NOT NULL,
	password_hash   TEXT    NOT NULL,
	created_at      INTEGER NOT NULL,
	suspended_at    INTEGER
) STRICT;

CREATE TABLE sessions (
	id           TEXT    NOT NULL PRIMARY KEY,
	user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	created_at   INTEGER NOT NULL,
	last_used_at INTEGER NOT NULL,
	ended_at     INTEGER
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
	hash           TEXT    NOT NULL PRIMARY KEY,
	session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE RESTRICT,
	created_at     INTEGER NOT NULL,
	used_at        INTEGER,
	successor_hash TEXT
) STRICT;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE throttles (
	key               TEXT    NOT NULL PRIMARY KEY,
	failures          INTEGER NOT NULL,
	window_started_at INTEGER NOT NULL,
	blocked_until     INTEGER
) STRICT;

-- +goose Down
DROP TABLE throttles;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE users;
