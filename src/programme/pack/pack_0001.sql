-- Packs that an operator installed. Those built into the program are not here.
create table pack (
  name text not null,              -- "boards"
  version text not null,           -- "2026.1"
  manifest text not null,          -- pack.json as it was read
  installed_at bigint not null,    -- UTC seconds
  primary key (name, version)
);

-- The files of an installed pack.
create table pack_file (
  name text not null,              -- of the pack
  version text not null,           -- of the pack
  path text not null,              -- "boards.csv"
  content bytea not null,          -- its bytes
  primary key (name, version, path),
  foreign key (name, version) references pack (name, version)
);
