-- What can be found: a row for each thing that was published.  Whoever publishes says what it is;
-- the two tables that follow are made of it and can be made anew (see search_remake.c).
create table search_document (
  id bigint primary key,           -- what comes first when two fit alike: kind, then day (search_put)
  kind text not null,              -- "guidance", "news", "pledge" ...
  key text not null,               -- names it within its kind
  href text not null,              -- path of its page
  title text not null,             -- one line
  summary text not null,           -- a sentence or two; '' for none
  body text not null,              -- all that can be found, as plain text; '' for none
  region text not null,            -- code of a region; '' for none
  organisation text not null,      -- code of an organisation; '' for none
  stage text not null,             -- codes parted by spaces; '' for none
  pillar text not null,            -- codes parted by spaces; '' for none
  published_on text not null,      -- YYYY-MM-DD; '' when no day matters
  access bigint not null,          -- 0: everybody; else the access of the policy that it needs
  unique (kind, key)
);
create index search_document_newest on search_document (access, published_on, id);
create index search_document_kind_newest on search_document (access, kind, published_on, id);

-- Two tables follow: the stems of each document, with marks (search_internal.h), and, of public
-- ones, the words of the title as they stand there.
-- on sqlite
create virtual table search_text using fts5(words, tokenize = 'ascii tokenchars '':=''',
  detail = none, columnsize = 0);
create virtual table search_title using fts5(words, tokenize = 'ascii', detail = none,
  columnsize = 0, prefix = '2 3 4');
-- on postgresql
-- The stems of each document.
create table search_text (
  id bigint primary key references search_document (id), -- of the document
  words tsvector not null          -- its stems, without places
);
create index search_text_words on search_text using gin (words) with (fastupdate = off);
-- The words of the title of each public document.
create table search_title (
  id bigint primary key references search_document (id), -- of the document
  words tsvector not null          -- the words of its title
);
create index search_title_words on search_title using gin (words) with (fastupdate = off);
-- on both

-- Every word that documents hold, to tell a known one from a slip of the finger.
create table search_known (
  word text primary key,           -- folded
  stem text not null               -- of the word
);

-- Each such word with one letter left out, and whole.  Two words that differ by one letter share a
-- piece.
create table search_known_piece (
  piece text not null,             -- of the word, or all of it
  word text not null references search_known (word),
  primary key (piece, word)
);
create index search_known_piece_of on search_known_piece (word);

-- What was searched and not found, without people: no day, no hour, no address.
create table search_missed (
  month text not null,             -- YYYY-MM
  words text not null,             -- folded; never with a digit
  times bigint not null,           -- how often it was searched
  primary key (month, words)
);
create index search_missed_most on search_missed (month, times, words);

-- Of which rules and synonyms the stems were made.
create table search_made (
  name text primary key,           -- "stems"
  mark text not null               -- names the rules
);
