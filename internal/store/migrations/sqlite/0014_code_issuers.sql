-- +goose Up
ALTER TABLE sign_in_codes ADD COLUMN issued_by TEXT NOT NULL DEFAULT '';
-- The trail knows who printed those that there are.
UPDATE sign_in_codes SET issued_by = COALESCE((
	SELECT MAX(actor) FROM audit_entries WHERE action = 'user.code' AND object = sign_in_codes.user_id AND at = sign_in_codes.created_at
), '');

-- +goose Down
ALTER TABLE sign_in_codes DROP COLUMN issued_by;
