-- What still has details, by time: the retention of details looks along it each night.
create index audit_event_detailed on audit_event (at) where detail <> '';
