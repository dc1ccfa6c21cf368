-- +goose Up
CREATE TABLE attempts (
	id           TEXT    NOT NULL PRIMARY KEY,
	trainee_id   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	quiz         TEXT    NOT NULL,
	quiz_version TEXT    NOT NULL REFERENCES quiz_versions (version) ON DELETE RESTRICT,
	number       BIGINT  NOT NULL,
	seed         BIGINT  NOT NULL,
	paper        TEXT    NOT NULL,
	started_at   BIGINT  NOT NULL,
	deadline     BIGINT,
	status       TEXT    NOT NULL CHECK (status IN ('open', 'submitted', 'expired')),
	ended_at     BIGINT,
	UNIQUE (trainee_id, quiz, number)
);
CREATE UNIQUE INDEX attempts_open ON attempts (trainee_id, quiz) WHERE status = 'open';
CREATE INDEX attempts_due ON attempts (deadline) WHERE status = 'open' AND deadline IS NOT NULL;

CREATE TABLE events (
	attempt_id  TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	server_seq  BIGINT  NOT NULL,
	id          TEXT    NOT NULL,
	device      TEXT    NOT NULL,
	seq         BIGINT  NOT NULL,
	kind        TEXT    NOT NULL,
	question_id TEXT    NOT NULL,
	response    BYTEA,
	client_at   TEXT    NOT NULL,
	elapsed_ms  BIGINT  NOT NULL,
	prev_hash   TEXT    NOT NULL,
	hash        TEXT    NOT NULL,
	received_at BIGINT  NOT NULL,
	standing    TEXT    NOT NULL,
	PRIMARY KEY (attempt_id, server_seq)
);

CREATE TABLE grades (
	attempt_id        TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	number            BIGINT  NOT NULL,
	points            DOUBLE PRECISION NOT NULL,
	max_points        DOUBLE PRECISION NOT NULL,
	passed            BOOLEAN NOT NULL,
	critical_failures TEXT    NOT NULL,
	items             TEXT    NOT NULL,
	reason            TEXT    NOT NULL,
	at                BIGINT  NOT NULL,
	PRIMARY KEY (attempt_id, number)
);

-- +goose Down
DROP TABLE grades;
DROP TABLE events;
DROP TABLE attempts;
