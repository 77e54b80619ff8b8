-- The check of links has a room of its own, and its jobs have other names (links.check,
-- links.outside).  What waits under the old ones nobody would take; the new ones put themselves.
delete from job where kind in ('library.links', 'library.outside')
  and finished_at is null and given_up_at is null;
