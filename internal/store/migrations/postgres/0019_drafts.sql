-- +goose Up
-- What trainers decided on drafts of an edition. A document is one of documents
-- or a text of the curriculum.
CREATE TABLE draft_decisions (
	document    TEXT    NOT NULL,
	edition     BIGINT NOT NULL,
	draft       TEXT    NOT NULL,
	rule        TEXT    NOT NULL,
	outcome     TEXT    NOT NULL CHECK (outcome IN ('accepted', 'edited', 'rejected')),
	question_id TEXT    NOT NULL,
	reason      TEXT    NOT NULL,
	decided_by  TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	decided_at  BIGINT NOT NULL,
	PRIMARY KEY (document, edition, draft)
);

-- How many drafts each rule proposed for an edition.
CREATE TABLE draft_proposals (
	document TEXT    NOT NULL,
	edition  BIGINT NOT NULL,
	rule     TEXT    NOT NULL,
	proposed BIGINT NOT NULL,
	PRIMARY KEY (document, edition, rule)
);

-- +goose Down
DROP TABLE draft_proposals;
DROP TABLE draft_decisions;
