-- An API call that is repeated must be the same call.

-- SHA-256 of the answers that came with the Idempotency-Key; null without one.
alter table web_draft add column request_digest text;
