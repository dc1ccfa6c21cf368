-- +goose Up
CREATE TABLE question_versions (
	version      TEXT    NOT NULL PRIMARY KEY,
	question_id  TEXT    NOT NULL,
	document     BLOB    NOT NULL,
	published_at INTEGER NOT NULL
) STRICT;
CREATE INDEX question_versions_question ON question_versions (question_id);

CREATE TABLE quiz_versions (
	version      TEXT    NOT NULL PRIMARY KEY,
	quiz         TEXT    NOT NULL,
	document     BLOB    NOT NULL,
	published_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quiz_versions_quiz ON quiz_versions (quiz);

-- +goose Down
DROP TABLE quiz_versions;
DROP TABLE question_versions;
