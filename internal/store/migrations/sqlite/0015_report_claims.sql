-- +goose Up
-- Of several programs, the one that claims a report mails it.
ALTER TABLE report_files ADD COLUMN claimed_at INTEGER;

-- +goose Down
ALTER TABLE report_files DROP COLUMN claimed_at;
