-- One file of a version can be taken away for good: its row stays, without its name and digest.
alter table resource_file add column removed_at bigint; -- UTC seconds; null: it is there
