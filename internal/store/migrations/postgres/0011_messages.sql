-- +goose Up
CREATE TABLE messages (
	id        TEXT    NOT NULL PRIMARY KEY,
	cohort_id TEXT    NOT NULL REFERENCES cohorts (id) ON DELETE RESTRICT,
	sender_id TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	subject   TEXT    NOT NULL,
	body      TEXT    NOT NULL,
	sent_at   BIGINT  NOT NULL
);

CREATE TABLE message_recipients (
	message_id TEXT    NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	read_at    BIGINT,
	PRIMARY KEY (message_id, user_id)
);
CREATE INDEX message_recipients_user ON message_recipients (user_id);

-- +goose Down
DROP TABLE message_recipients;
DROP TABLE messages;
