-- +goose Up
-- What questions show. A picture is named by its bytes, and is never changed: any
-- version of a question may name it.
CREATE TABLE pictures (
	id         TEXT    NOT NULL PRIMARY KEY,
	media_type TEXT    NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
	bytes      BYTEA   NOT NULL,
	width      INTEGER NOT NULL CHECK (width > 0),
	height     INTEGER NOT NULL CHECK (height > 0),
	added_by   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at   BIGINT  NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION refuse_picture_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'pictures are never changed or deleted';
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER pictures_no_change BEFORE UPDATE OR DELETE ON pictures
	FOR EACH ROW EXECUTE FUNCTION refuse_picture_change();

-- +goose Down
DROP TABLE pictures;
DROP FUNCTION refuse_picture_change();
