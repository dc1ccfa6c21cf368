-- +goose Up
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE cohorts ADD COLUMN archived_at BIGINT;
ALTER TABLE enrolments ADD COLUMN left_at BIGINT;
ALTER TABLE enrolments ADD COLUMN suspended_at BIGINT;

CREATE TABLE cohort_coordinators (
	cohort_id TEXT NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id   TEXT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	PRIMARY KEY (cohort_id, user_id)
);
CREATE INDEX cohort_coordinators_user ON cohort_coordinators (user_id);

ALTER TABLE assignments RENAME COLUMN module TO slug;
ALTER TABLE assignments ADD COLUMN kind TEXT NOT NULL DEFAULT 'module' CHECK (kind IN ('module', 'exam'));
ALTER TABLE assignments ALTER COLUMN kind DROP DEFAULT;
ALTER TABLE assignments DROP CONSTRAINT assignments_pkey;
ALTER TABLE assignments ADD PRIMARY KEY (cohort_id, kind, slug);

CREATE TABLE due_overrides (
	cohort_id  TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	kind       TEXT    NOT NULL CHECK (kind IN ('module', 'exam')),
	slug       TEXT    NOT NULL,
	due_on     TEXT    NOT NULL,
	reason     TEXT    NOT NULL,
	granted_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	granted_at BIGINT  NOT NULL,
	PRIMARY KEY (cohort_id, user_id, kind, slug)
);
CREATE INDEX due_overrides_user ON due_overrides (user_id);

CREATE TABLE refreshers (
	id          TEXT    NOT NULL PRIMARY KEY,
	cohort_id   TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	module      TEXT    NOT NULL,
	lesson      TEXT    NOT NULL,
	due_on      TEXT    NOT NULL,
	assigned_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	assigned_at BIGINT  NOT NULL
);
CREATE INDEX refreshers_cohort ON refreshers (cohort_id);
CREATE INDEX refreshers_user ON refreshers (user_id);

CREATE TABLE sign_in_codes (
	hash       TEXT    NOT NULL PRIMARY KEY,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	created_at BIGINT  NOT NULL,
	expires_at BIGINT  NOT NULL,
	used_at    BIGINT
);
CREATE INDEX sign_in_codes_user ON sign_in_codes (user_id);

-- +goose Down
DROP TABLE sign_in_codes;
DROP TABLE refreshers;
DROP TABLE due_overrides;
DELETE FROM assignments WHERE kind <> 'module';
ALTER TABLE assignments DROP CONSTRAINT assignments_pkey;
ALTER TABLE assignments DROP COLUMN kind;
ALTER TABLE assignments RENAME COLUMN slug TO module;
ALTER TABLE assignments ADD PRIMARY KEY (cohort_id, module);
DROP TABLE cohort_coordinators;
ALTER TABLE enrolments DROP COLUMN suspended_at;
ALTER TABLE enrolments DROP COLUMN left_at;
ALTER TABLE cohorts DROP COLUMN archived_at;
ALTER TABLE users DROP COLUMN email;
