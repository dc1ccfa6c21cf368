-- +goose Up
-- Source material that trainers imported. What a list shows of it is here; the
-- text of each edition is in document_editions, and is never changed.
CREATE TABLE documents (
	id           TEXT    NOT NULL PRIMARY KEY,
	title        TEXT    NOT NULL,
	language     TEXT    NOT NULL,
	reliability  TEXT    NOT NULL CHECK (reliability IN ('high', 'medium', 'low', 'unverified')),
	ai_disclosed INTEGER NOT NULL CHECK (ai_disclosed IN (0, 1)),
	disclosure   TEXT    NOT NULL,
	edition      INTEGER NOT NULL,
	passages     INTEGER NOT NULL,
	words        INTEGER NOT NULL,
	added_by     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at     INTEGER NOT NULL,
	changed_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE document_editions (
	document_id TEXT    NOT NULL REFERENCES documents (id) ON DELETE RESTRICT,
	number      INTEGER NOT NULL,
	format      TEXT    NOT NULL,
	file_name   TEXT    NOT NULL,
	file_hash   TEXT    NOT NULL,
	content     BLOB    NOT NULL,
	note        TEXT    NOT NULL,
	added_by    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at    INTEGER NOT NULL,
	PRIMARY KEY (document_id, number)
) STRICT;
CREATE INDEX document_editions_hash ON document_editions (file_hash);

CREATE TABLE document_corrections (
	id          TEXT    NOT NULL PRIMARY KEY,
	document_id TEXT    NOT NULL REFERENCES documents (id) ON DELETE RESTRICT,
	content     BLOB    NOT NULL,
	recorded_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX document_corrections_document ON document_corrections (document_id, recorded_at);

-- +goose StatementBegin
CREATE TRIGGER document_editions_no_update BEFORE UPDATE ON document_editions
BEGIN
	SELECT RAISE(ABORT, 'editions are never changed');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE document_corrections;
DROP TABLE document_editions;
DROP TABLE documents;
