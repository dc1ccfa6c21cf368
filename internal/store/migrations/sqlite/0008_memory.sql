-- +goose Up
-- What is derived of a trainee, in one document that learning alone reads. It
-- can be deleted and is then made again from the log.
CREATE TABLE trainee_summaries (
	user_id  TEXT    NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT,
	revision INTEGER NOT NULL,
	through  INTEGER NOT NULL,
	basis    TEXT    NOT NULL,
	document BLOB    NOT NULL
) STRICT;

-- +goose Down
DROP TABLE trainee_summaries;
