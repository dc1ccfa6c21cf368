-- +goose Up
CREATE TABLE item_analyses (
	quiz     TEXT    NOT NULL,
	attempts TEXT    NOT NULL CHECK (attempts IN ('first', 'last', 'all')),
	revision INTEGER NOT NULL,
	basis    INTEGER NOT NULL,
	made_at  INTEGER NOT NULL,
	took_us  INTEGER NOT NULL,
	summary  BLOB    NOT NULL,
	document BLOB    NOT NULL,
	PRIMARY KEY (quiz, attempts)
) STRICT;

-- Quizzes with grades that their analyses do not have. Whoever takes one on
-- says when; a grade after that makes it due anew.
CREATE TABLE item_analyses_due (
	quiz     TEXT    NOT NULL PRIMARY KEY,
	since    INTEGER NOT NULL,
	taken_at INTEGER
) STRICT;

CREATE INDEX attempts_quiz ON attempts (quiz, id);

-- +goose Down
DROP INDEX attempts_quiz;
DROP TABLE item_analyses_due;
DROP TABLE item_analyses;
