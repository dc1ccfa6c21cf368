-- +goose Up
CREATE TABLE credentials (
	id             TEXT    NOT NULL PRIMARY KEY,
	holder         TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	rule           TEXT    NOT NULL,
	rule_version   TEXT    NOT NULL,
	rule_document  BYTEA   NOT NULL,
	attempt_id     TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	passed_at      BIGINT  NOT NULL,
	issued_at      BIGINT  NOT NULL,
	valid_until    BIGINT  NOT NULL,
	status_index   BIGINT  NOT NULL UNIQUE,
	show_name      TEXT    NOT NULL CHECK (show_name IN ('full', 'initials', 'none')),
	superseded_by  TEXT,
	revoked_at     BIGINT,
	revoked_by     TEXT,
	revoked_reason TEXT
);
CREATE INDEX credentials_holder ON credentials (holder, issued_at, id);
-- one of a rule stands at a time
CREATE UNIQUE INDEX credentials_standing ON credentials (holder, rule) WHERE superseded_by IS NULL AND revoked_at IS NULL;

CREATE TABLE credential_keys (
	id           TEXT    NOT NULL PRIMARY KEY,
	x            TEXT    NOT NULL,
	published_at BIGINT  NOT NULL
);

-- +goose Down
DROP TABLE credential_keys;
DROP TABLE credentials;
