-- An update may move the day by which an action is done. The day that was promised stays beside it.

-- YYYY-MM-DD by which the action is done from then on; '' for as before.
alter table plan_update add column due_on text not null default '';
-- Why the day moves; '' when it does not. Read by whoever may read the note.
alter table plan_update add column due_reason text not null default '';
-- YYYY-MM-DD that was promised when the period began or the action was added; due_on follows from
-- it and from the updates.
alter table plan_action add column promised_on text not null default '';
update plan_action set promised_on = due_on;
