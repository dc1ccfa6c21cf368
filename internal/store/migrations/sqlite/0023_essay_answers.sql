-- +goose Up
-- The essays of graded attempts, for those who mark them. It follows from the
-- last grade of each attempt and its log, and can be made again from them.
CREATE TABLE essay_answers (
	id          TEXT    NOT NULL PRIMARY KEY,
	attempt_id  TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	question_id TEXT    NOT NULL,
	version     TEXT    NOT NULL REFERENCES question_versions (version) ON DELETE RESTRICT,
	queued_at   INTEGER NOT NULL,
	awaiting    INTEGER NOT NULL CHECK (awaiting IN (0, 1)),
	fraction    REAL    NOT NULL,
	marked_at   INTEGER,
	marked_by   TEXT    REFERENCES users (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX essay_answers_awaiting ON essay_answers (awaiting, queued_at, id);
CREATE INDEX essay_answers_attempt ON essay_answers (attempt_id);

-- +goose Down
DROP TABLE essay_answers;
