-- +goose Up
CREATE TABLE mailings (
	user_id    TEXT    NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT,
	claimed_at INTEGER NOT NULL,
	mailed_at  INTEGER
) STRICT;

CREATE TABLE mailed_notices (
	user_id   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	notice    TEXT    NOT NULL,
	mailed_at INTEGER NOT NULL,
	PRIMARY KEY (user_id, notice)
) STRICT;

-- +goose Down
DROP TABLE mailed_notices;
DROP TABLE mailings;
