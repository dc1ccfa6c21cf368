-- +goose Up
CREATE TABLE attempts (
	id           TEXT    NOT NULL PRIMARY KEY,
	trainee_id   TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	quiz         TEXT    NOT NULL,
	quiz_version TEXT    NOT NULL REFERENCES quiz_versions (version) ON DELETE RESTRICT,
	number       INTEGER NOT NULL,
	seed         INTEGER NOT NULL,
	paper        TEXT    NOT NULL,
	started_at   INTEGER NOT NULL,
	deadline     INTEGER,
	status       TEXT    NOT NULL CHECK (status IN ('open', 'submitted', 'expired')),
	ended_at     INTEGER,
	UNIQUE (trainee_id, quiz, number)
) STRICT;
CREATE UNIQUE INDEX attempts_open ON attempts (trainee_id, quiz) WHERE status = 'open';
CREATE INDEX attempts_due ON attempts (deadline) WHERE status = 'open' AND deadline IS NOT NULL;

CREATE TABLE events (
	attempt_id  TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	server_seq  INTEGER NOT NULL,
	id          TEXT    NOT NULL,
	device      TEXT    NOT NULL,
	seq         INTEGER NOT NULL,
	kind        TEXT    NOT NULL,
	question_id TEXT    NOT NULL,
	response    BLOB,
	client_at   TEXT    NOT NULL,
	elapsed_ms  INTEGER NOT NULL,
	prev_hash   TEXT    NOT NULL,
	hash        TEXT    NOT NULL,
	received_at INTEGER NOT NULL,
	standing    TEXT    NOT NULL,
	PRIMARY KEY (attempt_id, server_seq)
) STRICT;

CREATE TABLE grades (
	attempt_id        TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	number            INTEGER NOT NULL,
	points            REAL    NOT NULL,
	max_points        REAL    NOT NULL,
	passed            INTEGER NOT NULL CHECK (passed IN (0, 1)),
	critical_failures TEXT    NOT NULL,
	items             TEXT    NOT NULL,
	reason            TEXT    NOT NULL,
	at                INTEGER NOT NULL,
	PRIMARY KEY (attempt_id, number)
) STRICT;

-- +goose Down
DROP TABLE grades;
DROP TABLE events;
DROP TABLE attempts;
