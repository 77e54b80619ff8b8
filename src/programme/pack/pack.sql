-- pack_manifests (at_most int) -> many (name text, version text, manifest text)
-- Every installed pack.
-- scans pack - there are few packs, and each is wanted
select p.name, p.version, p.manifest from pack p order by p.name, p.version limit :at_most;

-- pack_stamp () -> one (packs int, newest_at int)
-- Changes whenever a pack is installed: rows are only added.
-- scans pack - there are few packs
select count(*), coalesce(max(p.installed_at), 0) from pack p;

-- pack_contents (name text, version text, at_most int) -> many (path text, content blob)
-- The files of an installed pack.
select f.path, f.content from pack_file f
where f.name = :name and f.version = :version order by f.path limit :at_most;

-- pack_add (name text, version text, manifest text, installed_at int) -> changes
-- Keeps the manifest of a pack.
insert into pack (name, version, manifest, installed_at)
values (:name, :version, :manifest, :installed_at);

-- pack_file_add (name text, version text, path text, content blob) -> changes
-- Keeps one of its files.
insert into pack_file (name, version, path, content)
values (:name, :version, :path, :content);
