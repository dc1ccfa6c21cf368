-- +goose Up
ALTER TABLE messages ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE messages DROP COLUMN about;
