-- +goose Up
CREATE TABLE blueprints (
	slug       TEXT    NOT NULL PRIMARY KEY,
	state      TEXT    NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
	document   BYTEA   NOT NULL,
	offered    TEXT    REFERENCES quiz_versions (version) ON DELETE RESTRICT,
	revision   BIGINT  NOT NULL,
	author     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	changed_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	changed_at BIGINT  NOT NULL
);

-- user_id is '' where the override holds for the whole cohort.
CREATE TABLE quiz_overrides (
	cohort_id          TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id            TEXT    NOT NULL,
	quiz               TEXT    NOT NULL,
	opens_at           TEXT    NOT NULL,
	closes_at          TEXT    NOT NULL,
	time_limit_minutes BIGINT ,
	attempts           BIGINT ,
	reason             TEXT    NOT NULL,
	set_by             TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	set_at             BIGINT  NOT NULL,
	PRIMARY KEY (cohort_id, user_id, quiz)
);

-- +goose Down
DROP TABLE quiz_overrides;
DROP TABLE blueprints;
