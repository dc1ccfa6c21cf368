-- +goose Up
-- What trainers decided on drafts of an edition. A document is one of documents
-- or a text of the curriculum.
CREATE TABLE draft_decisions (
	document    TEXT    NOT NULL,
	edition     INTEGER NOT NULL,
	draft       TEXT    NOT NULL,
	rule        TEXT    NOT NULL,
	outcome     TEXT    NOT NULL CHECK (outcome IN ('accepted', 'edited', 'rejected')),
	question_id TEXT    NOT NULL,
	reason      TEXT    NOT NULL,
	decided_by  TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	decided_at  INTEGER NOT NULL,
	PRIMARY KEY (document, edition, draft)
) STRICT;

-- How many drafts each rule proposed for an edition.
CREATE TABLE draft_proposals (
	document TEXT    NOT NULL,
	edition  INTEGER NOT NULL,
	rule     TEXT    NOT NULL,
	proposed INTEGER NOT NULL,
	PRIMARY KEY (document, edition, rule)
) STRICT;

-- +goose Down
DROP TABLE draft_proposals;
DROP TABLE draft_decisions;
