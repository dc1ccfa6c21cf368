-- +goose Up
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE cohorts ADD COLUMN archived_at INTEGER;
ALTER TABLE enrolments ADD COLUMN left_at INTEGER;
ALTER TABLE enrolments ADD COLUMN suspended_at INTEGER;

CREATE TABLE cohort_coordinators (
	cohort_id TEXT NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id   TEXT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	PRIMARY KEY (cohort_id, user_id)
) STRICT;
CREATE INDEX cohort_coordinators_user ON cohort_coordinators (user_id);

-- SQLite cannot change a primary key: what is assigned moves to a new table.
CREATE TABLE assigned (
	cohort_id TEXT NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	kind      TEXT NOT NULL CHECK (kind IN ('module', 'exam')),
	slug      TEXT NOT NULL,
	due_on    TEXT NOT NULL,
	PRIMARY KEY (cohort_id, kind, slug)
) STRICT;
INSERT INTO assigned (cohort_id, kind, slug, due_on) SELECT cohort_id, 'module', module, due_on FROM assignments;
DROP TABLE assignments;
ALTER TABLE assigned RENAME TO assignments;

CREATE TABLE due_overrides (
	cohort_id  TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	kind       TEXT    NOT NULL CHECK (kind IN ('module', 'exam')),
	slug       TEXT    NOT NULL,
	due_on     TEXT    NOT NULL,
	reason     TEXT    NOT NULL,
	granted_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	granted_at INTEGER NOT NULL,
	PRIMARY KEY (cohort_id, user_id, kind, slug)
) STRICT;
CREATE INDEX due_overrides_user ON due_overrides (user_id);

CREATE TABLE refreshers (
	id          TEXT    NOT NULL PRIMARY KEY,
	cohort_id   TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	module      TEXT    NOT NULL,
	lesson      TEXT    NOT NULL,
	due_on      TEXT    NOT NULL,
	assigned_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	assigned_at INTEGER NOT NULL
) STRICT;
CREATE INDEX refreshers_cohort ON refreshers (cohort_id);
CREATE INDEX refreshers_user ON refreshers (user_id);

CREATE TABLE sign_in_codes (
	hash       TEXT    NOT NULL PRIMARY KEY,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at    INTEGER
) STRICT;
CREATE INDEX sign_in_codes_user ON sign_in_codes (user_id);

-- +goose Down
DROP TABLE sign_in_codes;
DROP TABLE refreshers;
DROP TABLE due_overrides;
CREATE TABLE assigned (
	cohort_id TEXT NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	module    TEXT NOT NULL,
	due_on    TEXT NOT NULL,
	PRIMARY KEY (cohort_id, module)
) STRICT;
INSERT INTO assigned (cohort_id, module, due_on) SELECT cohort_id, slug, due_on FROM assignments WHERE kind = 'module';
DROP TABLE assignments;
ALTER TABLE assigned RENAME TO assignments;
DROP TABLE cohort_coordinators;
ALTER TABLE enrolments DROP COLUMN suspended_at;
ALTER TABLE enrolments DROP COLUMN left_at;
ALTER TABLE cohorts DROP COLUMN archived_at;
ALTER TABLE users DROP COLUMN email;
