-- +goose Up
CREATE TABLE lesson_states (
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	module     TEXT    NOT NULL,
	lesson     TEXT    NOT NULL,
	read_share DOUBLE PRECISION NOT NULL CHECK (read_share BETWEEN 0 AND 1),
	read_at    BIGINT,
	updated_at BIGINT  NOT NULL,
	PRIMARY KEY (user_id, module, lesson)
);

CREATE TABLE outcome_results (
	attempt_id TEXT    NOT NULL REFERENCES attempts (id) ON DELETE RESTRICT,
	outcome    TEXT    NOT NULL,
	user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
	answered   BIGINT  NOT NULL,
	correct    BIGINT  NOT NULL,
	PRIMARY KEY (attempt_id, outcome)
);
CREATE INDEX outcome_results_user ON outcome_results (user_id, outcome);

-- +goose Down
DROP TABLE outcome_results;
DROP TABLE lesson_states;
