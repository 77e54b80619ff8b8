-- bench_row_add (id int, name text, town text, amount int, on_day text) -> changes
-- One row more.
insert into bench_row (id, name, town, amount, on_day) values (:id, :name, :town, :amount, :on_day);

-- bench_rows (least int optional) -> page (id int, name text, town text, amount int, on_day text)
-- All rows.
-- sort number: b.id
select b.id, b.name, b.town, b.amount, b.on_day
from bench_row b
where true
[[least: and b.id >= :least ]];

-- bench_mail (key text) -> one (id int)
-- The message of that cause.
select m.id from mail m where m.key = :key;
