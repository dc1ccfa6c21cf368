-- +goose Up
CREATE TABLE cohorts (
	id         TEXT    NOT NULL PRIMARY KEY,
	name       TEXT    NOT NULL,
	join_code  TEXT    NOT NULL UNIQUE,
	deploys_on TEXT,
	created_at BIGINT  NOT NULL
);

CREATE TABLE enrolments (
	cohort_id   TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	enrolled_at BIGINT  NOT NULL,
	PRIMARY KEY (cohort_id, user_id)
);
CREATE INDEX enrolments_user ON enrolments (user_id);

CREATE TABLE assignments (
	cohort_id TEXT NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	module    TEXT NOT NULL,
	due_on    TEXT NOT NULL,
	PRIMARY KEY (cohort_id, module)
);

-- +goose Down
DROP TABLE assignments;
DROP TABLE enrolments;
DROP TABLE cohorts;
