-- +goose Up
CREATE TABLE reviews (
	id       TEXT    NOT NULL PRIMARY KEY,
	subject  TEXT    NOT NULL,
	version  TEXT    NOT NULL,
	verdict  TEXT    NOT NULL CHECK (verdict IN ('approve', 'withdraw', 'comment')),
	quote    TEXT    NOT NULL,
	text     TEXT    NOT NULL,
	reviewer TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	at       BIGINT  NOT NULL
);
CREATE INDEX reviews_subject ON reviews (subject, at, id);

-- +goose Down
DROP TABLE reviews;
