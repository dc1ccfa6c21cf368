-- +goose Up
CREATE TABLE item_analyses (
	quiz     TEXT    NOT NULL,
	attempts TEXT    NOT NULL CHECK (attempts IN ('first', 'last', 'all')),
	revision BIGINT  NOT NULL,
	basis    BIGINT  NOT NULL,
	made_at  BIGINT  NOT NULL,
	took_us  BIGINT  NOT NULL,
	summary  BYTEA   NOT NULL,
	document BYTEA   NOT NULL,
	PRIMARY KEY (quiz, attempts)
);

-- Quizzes with grades that their analyses do not have. Whoever takes one on
-- says when; a grade after that makes it due anew.
CREATE TABLE item_analyses_due (
	quiz     TEXT    NOT NULL PRIMARY KEY,
	since    BIGINT  NOT NULL,
	taken_at BIGINT
);

CREATE INDEX attempts_quiz ON attempts (quiz, id);

-- +goose Down
DROP INDEX attempts_quiz;
DROP TABLE item_analyses_due;
DROP TABLE item_analyses;
