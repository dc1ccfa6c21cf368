-- +goose Up
-- What is derived of a trainee, in one document that learning alone reads. It
-- can be deleted and is then made again from the log.
CREATE TABLE trainee_summaries (
	user_id  TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT,
	revision BIGINT NOT NULL,
	through  BIGINT NOT NULL,
	basis    TEXT   NOT NULL,
	document BYTEA  NOT NULL
);

-- +goose Down
DROP TABLE trainee_summaries;
