-- +goose Up
-- A question as it is now; its texts are in question_versions. What is only
-- here to be searched and filtered by follows from the newest of them.
CREATE TABLE bank_questions (
	question_id      TEXT    NOT NULL PRIMARY KEY,
	version          TEXT    NOT NULL REFERENCES question_versions (version) ON DELETE RESTRICT,
	number           INTEGER NOT NULL,
	state            TEXT    NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'retired')),
	approved_version TEXT    NOT NULL,
	live             INTEGER NOT NULL CHECK (live IN (0, 1)),
	origin           TEXT    NOT NULL CHECK (origin IN ('content', 'authored')),
	written_version  TEXT    NOT NULL,
	diverged         INTEGER NOT NULL CHECK (diverged IN (0, 1)),
	pool             TEXT    NOT NULL,
	kind             TEXT    NOT NULL,
	module           TEXT    NOT NULL,
	lesson           TEXT    NOT NULL,
	critical         INTEGER NOT NULL CHECK (critical IN (0, 1)),
	bloom            TEXT    NOT NULL,
	difficulty       INTEGER NOT NULL,
	stale_at         INTEGER,
	stale_reason     TEXT    NOT NULL,
	author           TEXT    NOT NULL,
	changed_by       TEXT    NOT NULL,
	changed_at       INTEGER NOT NULL,
	print            TEXT    NOT NULL,
	revision         INTEGER NOT NULL,
	folded           TEXT    NOT NULL
) STRICT;
CREATE INDEX bank_questions_changed ON bank_questions (changed_at, question_id);
CREATE INDEX bank_questions_revision ON bank_questions (revision);
CREATE INDEX bank_questions_print ON bank_questions (print);

CREATE TABLE bank_versions (
	question_id TEXT    NOT NULL REFERENCES bank_questions (question_id) ON DELETE RESTRICT,
	number      INTEGER NOT NULL,
	version     TEXT    NOT NULL REFERENCES question_versions (version) ON DELETE RESTRICT,
	author      TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	note        TEXT    NOT NULL,
	PRIMARY KEY (question_id, number)
) STRICT;

CREATE TABLE bank_outcomes (
	question_id TEXT NOT NULL REFERENCES bank_questions (question_id) ON DELETE RESTRICT,
	outcome     TEXT NOT NULL,
	PRIMARY KEY (question_id, outcome)
) STRICT;
CREATE INDEX bank_outcomes_outcome ON bank_outcomes (outcome);

CREATE TABLE bank_tags (
	question_id TEXT NOT NULL REFERENCES bank_questions (question_id) ON DELETE RESTRICT,
	tag         TEXT NOT NULL,
	PRIMARY KEY (question_id, tag)
) STRICT;
CREATE INDEX bank_tags_tag ON bank_tags (tag);

-- The passages that the newest versions answer to.
CREATE TABLE bank_anchors (
	question_id TEXT    NOT NULL REFERENCES bank_questions (question_id) ON DELETE RESTRICT,
	place       INTEGER NOT NULL,
	document    TEXT    NOT NULL,
	edition     INTEGER NOT NULL,
	section     TEXT    NOT NULL,
	paragraph   INTEGER NOT NULL,
	PRIMARY KEY (question_id, place)
) STRICT;
CREATE INDEX bank_anchors_document ON bank_anchors (document, section, paragraph);

CREATE TABLE bank_state_changes (
	question_id TEXT    NOT NULL REFERENCES bank_questions (question_id) ON DELETE RESTRICT,
	revision    INTEGER NOT NULL,
	from_state  TEXT    NOT NULL,
	to_state    TEXT    NOT NULL,
	version     TEXT    NOT NULL,
	changed_by  TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	note        TEXT    NOT NULL,
	PRIMARY KEY (question_id, revision)
) STRICT;

-- The one row is what a change of the bank locks, and what tells that there was one.
CREATE TABLE bank_head (
	one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	revision INTEGER NOT NULL,
	content  TEXT    NOT NULL
) STRICT;
INSERT INTO bank_head (one, revision, content) VALUES (1, 0, '');

-- +goose StatementBegin
CREATE TRIGGER bank_state_changes_no_update BEFORE UPDATE ON bank_state_changes
BEGIN
	SELECT RAISE(ABORT, 'state changes are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bank_state_changes_no_delete BEFORE DELETE ON bank_state_changes
BEGIN
	SELECT RAISE(ABORT, 'state changes are never deleted');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE bank_head;
DROP TABLE bank_state_changes;
DROP TABLE bank_anchors;
DROP TABLE bank_tags;
DROP TABLE bank_outcomes;
DROP TABLE bank_versions;
DROP TABLE bank_questions;
