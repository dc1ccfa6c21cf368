-- +goose Up
CREATE TABLE audit_entries (
	seq       BIGINT NOT NULL PRIMARY KEY,
	at        BIGINT NOT NULL,
	actor     TEXT   NOT NULL,
	action    TEXT   NOT NULL,
	object    TEXT   NOT NULL,
	detail    TEXT   NOT NULL,
	prev_hash TEXT   NOT NULL,
	hash      TEXT   NOT NULL
);
CREATE INDEX audit_entries_object ON audit_entries (object);
CREATE INDEX audit_entries_actor ON audit_entries (actor);

-- The one row is the end of the chain: what a writer locks, and what shows
-- that entries were cut off.
CREATE TABLE audit_head (
	one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
	seq  BIGINT NOT NULL,
	hash TEXT   NOT NULL
);
INSERT INTO audit_head (one, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- +goose StatementBegin
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'audit entries are never changed or deleted';
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
	FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit_entries;
DROP FUNCTION refuse_audit_change();
