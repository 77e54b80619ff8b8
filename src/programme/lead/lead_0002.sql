-- Leads whose last day is known confirm too, until that day.
drop index lead_to_confirm;
create index lead_to_confirm on lead (confirm_by_on) where hidden_on = '';
