-- +goose Up
-- What questions show. A picture is named by its bytes, and is never changed: any
-- version of a question may name it.
CREATE TABLE pictures (
	id         TEXT    NOT NULL PRIMARY KEY,
	media_type TEXT    NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
	bytes      BLOB    NOT NULL,
	width      INTEGER NOT NULL CHECK (width > 0),
	height     INTEGER NOT NULL CHECK (height > 0),
	added_by   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	added_at   INTEGER NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER pictures_no_update BEFORE UPDATE ON pictures
BEGIN
	SELECT RAISE(ABORT, 'pictures are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pictures_no_delete BEFORE DELETE ON pictures
BEGIN
	SELECT RAISE(ABORT, 'pictures are never deleted');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE pictures;
