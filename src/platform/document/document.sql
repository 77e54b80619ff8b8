-- document_upload_insert (id int, sha256 text, name text, type text, size_bytes int, owner text,
--   has_script int, opens_itself int, is_encrypted int, scanned_at int?, now int, expires_at int?)
--   -> changes
-- Keeps what is known of a file.
insert into upload (id, sha256, name, type, size_bytes, owner, has_script, opens_itself,
                    is_encrypted, scanned_at, created_at, expires_at)
values (:id, :sha256, :name, :type, :size_bytes, :owner, :has_script, :opens_itself,
        :is_encrypted, :scanned_at, :now, :expires_at);

-- document_upload_content_insert (upload_id int, content blob) -> changes
-- Keeps the bytes of a file.
insert into upload_content (upload_id, content) values (:upload_id, :content);

-- document_upload_by_id (id int, owner text)
--   -> one (id int, sha256 text, name text, type text, size_bytes int, owner text,
--           has_script int, opens_itself int, is_encrypted int, scanned_at int?, created_at int,
--           expires_at int?)
-- What is known of a file of this owner.
select id, sha256, name, type, size_bytes, owner, has_script, opens_itself, is_encrypted,
       scanned_at, created_at, expires_at
from upload where id = :id and owner = :owner;

-- document_upload_list (owner text, at_most int)
--   -> many (id int, sha256 text, name text, type text, size_bytes int, owner text,
--            has_script int, opens_itself int, is_encrypted int, scanned_at int?, created_at int,
--            expires_at int?)
-- What is known of all files of this owner, oldest first.
select id, sha256, name, type, size_bytes, owner, has_script, opens_itself, is_encrypted,
       scanned_at, created_at, expires_at
from upload where owner = :owner
order by id
limit :at_most;

-- document_upload_content (upload_id int) -> one (content blob)
-- The bytes of a file.
select content from upload_content where upload_id = :upload_id;

-- document_upload_claim (id int, owner text, to_owner text) -> changes
-- Gives a file to another owner for good.
update upload set owner = :to_owner, expires_at = null
where id = :id and (owner = :owner or owner = :to_owner);

-- document_upload_delete (id int, owner text) -> changes
-- Removes a file with its bytes.
delete from upload where id = :id and owner = :owner;

-- document_upload_expired (now int, at_most int) -> many (id int, owner text)
-- Files that nobody claimed in time.
select id, owner from upload
where expires_at is not null and expires_at <= :now
order by expires_at
limit :at_most;
