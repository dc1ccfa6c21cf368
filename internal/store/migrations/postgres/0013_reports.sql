-- +goose Up
CREATE TABLE report_subscriptions (
	cohort_id TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	user_id   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	format    TEXT    NOT NULL,
	weekday   BIGINT  NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	since     BIGINT  NOT NULL,
	PRIMARY KEY (cohort_id, user_id)
);

CREATE TABLE report_files (
	id        TEXT    NOT NULL PRIMARY KEY,
	cohort_id TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	made_for  TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	made_at   BIGINT  NOT NULL,
	format    TEXT    NOT NULL,
	name      TEXT    NOT NULL,
	mail      TEXT    NOT NULL,
	bytes     BYTEA    NOT NULL
);

CREATE INDEX report_files_reader ON report_files (cohort_id, made_for, made_at);

-- +goose Down
DROP TABLE report_files;
DROP TABLE report_subscriptions;
