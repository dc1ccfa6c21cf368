-- +goose Up
-- How versions of questions are scored, whatever their documents say. The last
-- ruling on a version holds; none is ever changed.
CREATE TABLE question_rulings (
	id          TEXT    NOT NULL PRIMARY KEY,
	question_id TEXT    NOT NULL,
	version     TEXT    NOT NULL REFERENCES question_versions (version) ON DELETE RESTRICT,
	action      TEXT    NOT NULL CHECK (action IN ('rekey', 'void', 'restore')),
	replacement TEXT    REFERENCES question_versions (version) ON DELETE RESTRICT,
	reason      TEXT    NOT NULL,
	made_by     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	made_at     BIGINT  NOT NULL
);
CREATE INDEX question_rulings_version ON question_rulings (version, made_at, id);

-- The grading anew that follows a ruling: how far it is, and who works on it.
CREATE TABLE regrades (
	ruling_id    TEXT    NOT NULL PRIMARY KEY REFERENCES question_rulings (id) ON DELETE RESTRICT,
	version      TEXT    NOT NULL,
	state        TEXT    NOT NULL CHECK (state IN ('running', 'settling', 'done')),
	through      TEXT    NOT NULL,
	total        BIGINT  NOT NULL,
	seen         BIGINT  NOT NULL,
	begins_at    BIGINT  NOT NULL,
	leased_until BIGINT  NOT NULL,
	ended_at     BIGINT
);

-- one of a version is under way at a time
CREATE UNIQUE INDEX regrades_under_way ON regrades (version) WHERE state <> 'done';

ALTER TABLE grades ADD COLUMN ruling_id TEXT;
CREATE INDEX grades_ruling ON grades (ruling_id) WHERE ruling_id IS NOT NULL;

-- +goose Down
DROP INDEX grades_ruling;
ALTER TABLE grades DROP COLUMN ruling_id;
DROP TABLE regrades;
DROP TABLE question_rulings;
