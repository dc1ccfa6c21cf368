-- +goose Up
CREATE TABLE users (
	id              TEXT    NOT NULL PRIMARY KEY,
	username        TEXT    NOT NULL,
	username_folded TEXT    NOT NULL UNIQUE,
	name            TEXT    NOT NULL,
	role            TEXT    NOT NULL CHECK (role IN ('trainee', 'trainer', 'coordinator', 'admin')),
	locale          TEXT    NOT NULL,
	password_hash   TEXT    NOT NULL,
	created_at      BIGINT  NOT NULL,
	suspended_at    BIGINT 
);

CREATE TABLE sessions (
	id           TEXT    NOT NULL PRIMARY KEY,
	user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	created_at   BIGINT  NOT NULL,
	last_used_at BIGINT  NOT NULL,
	ended_at     BIGINT 
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
	hash           TEXT    NOT NULL PRIMARY KEY,
	session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE RESTRICT,
	created_at     BIGINT  NOT NULL,
	used_at        BIGINT,
	successor_hash TEXT
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE throttles (
	key               TEXT    NOT NULL PRIMARY KEY,
	failures          BIGINT  NOT NULL,
	window_started_at BIGINT  NOT NULL,
	blocked_until     BIGINT 
);

-- +goose Down
DROP TABLE throttles;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE users;
