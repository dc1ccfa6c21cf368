-- +goose Up
-- Source material that trainers imported. What a list shows of it is here; the
-- text of each edition is in document_editions, and is never changed.
CREATE TABLE documents (
	id           TEXT    NOT NULL PRIMARY KEY,
	title        TEXT    NOT NULL,
	language     TEXT    NOT NULL,
	reliability  TEXT    NOT NULL CHECK (reliability IN ('high', 'medium', 'low', 'unverified')),
	ai_disclosed BOOLEAN NOT NULL,
	disclosure   TEXT    NOT NULL,
	edition      BIGINT NOT NULL,
	passages     BIGINT NOT NULL,
	words        BIGINT NOT NULL,
	added_by     TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at     BIGINT NOT NULL,
	changed_at   BIGINT NOT NULL
);

CREATE TABLE document_editions (
	document_id TEXT    NOT NULL REFERENCES documents (id) ON DELETE RESTRICT,
	number      BIGINT NOT NULL,
	format      TEXT    NOT NULL,
	file_name   TEXT    NOT NULL,
	file_hash   TEXT    NOT NULL,
	content     BYTEA    NOT NULL,
	note        TEXT    NOT NULL,
	added_by    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at    BIGINT NOT NULL,
	PRIMARY KEY (document_id, number)
);
CREATE INDEX document_editions_hash ON document_editions (file_hash);

CREATE TABLE document_corrections (
	id          TEXT    NOT NULL PRIMARY KEY,
	document_id TEXT    NOT NULL REFERENCES documents (id) ON DELETE RESTRICT,
	content     BYTEA    NOT NULL,
	recorded_by TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	recorded_at BIGINT NOT NULL
);
CREATE INDEX document_corrections_document ON document_corrections (document_id, recorded_at);

-- +goose StatementBegin
CREATE FUNCTION refuse_edition_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'editions are never changed';
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER document_editions_no_update BEFORE UPDATE ON document_editions
	FOR EACH ROW EXECUTE FUNCTION refuse_edition_change();

-- +goose Down
DROP TABLE document_corrections;
DROP TABLE document_editions;
DROP TABLE documents;
DROP FUNCTION refuse_edition_change();
