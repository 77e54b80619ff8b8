-- A case study: what somebody did, and what came of it. It belongs to the organisation that did it.
-- Its words stand in casestudy_version; what lists need of the published ones is repeated here.
create table casestudy (
    organisation_id   bigint not null references organisation (id), -- who did it
    id                bigint not null, -- made by the program, time-ordered
    reference         text   not null, -- CS-XXXX-XXXX
    state             text   not null check (state in ('unconfirmed', 'submitted', 'editing', 'published', 'returned', 'withdrawn')), -- where the editors' work on it stands
    state_at          bigint not null, -- UTC seconds, since when
    is_live           bigint not null check (is_live in (0, 1)), -- 1: the public reads the published version
    organisation_code text   not null, -- organisation.code
    organisation      text   not null, -- its name when it was sent
    kind              text   not null, -- organisation_kind.code
    region            text   not null, -- code of its region when it was sent; '' when not known
    author_name       text   not null, -- who sent it; '' once erased
    author_role       text   not null, -- their job or role; '' for none
    email             text   not null, -- of the author, never public; '' once erased
    email_key         text   not null, -- the same in small letters
    sent_at           bigint not null, -- UTC seconds
    version           bigint not null, -- the newest of its words
    event_count       bigint not null, -- how many events it has
    published_version bigint not null, -- the words that the public reads; 0: none yet
    published_at      bigint not null, -- UTC seconds of the first publication; 0: none
    title             text   not null, -- of the published version, as are those below; '' before
    summary           text   not null, -- one sentence or two
    stage             text   not null, -- code of a stage of the framework
    stage_name        text   not null, -- what the stage was called when it was published
    pillar            text   not null, -- code of a pillar (casestudy.h)
    evidence          text   not null, -- '1', '2' or '3'
    review_on         text,            -- YYYY-MM-DD, when somebody must say that it is still right; null: not live
    asked_on          text   not null, -- the review day for which the author was asked; ''
    reuse_count       bigint not null, -- organisations that did it too
    primary key (organisation_id, id)
);
create unique index casestudy_reference on casestudy (reference);
create index casestudy_live on casestudy (published_at, id) where is_live = 1;
create index casestudy_reused on casestudy (reuse_count, published_at, id) where is_live = 1;
create index casestudy_of on casestudy (organisation_id, published_at) where is_live = 1;
create index casestudy_queue on casestudy (state_at, id) where state <> 'unconfirmed';
create index casestudy_in on casestudy (state, state_at, id);
create index casestudy_review on casestudy (review_on, id) where is_live = 1;
create index casestudy_sent on casestudy (email_key, sent_at);

-- The words of a case study at one time. Nothing is overwritten: who changes words makes a version.
create table casestudy_version (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    version         bigint not null, -- from 1
    made_at         bigint not null, -- UTC seconds
    made_by         bigint not null, -- person.id of the editor; 0: the author
    title           text   not null, -- one line
    summary         text   not null, -- one sentence or two
    problem         text   not null, -- what was wrong; Markdown, as are the next two
    done            text   not null, -- what was done
    result          text   not null, -- what came of it
    cost            text   not null, -- in words; '' when it was not said
    contact         text   not null, -- who to ask
    contact_email   text   not null, -- their address in small letters, public
    stage           text   not null, -- code of a stage of the framework
    pillar          text   not null, -- code of a pillar
    intentions      text   not null, -- codes of the framework, parted by spaces
    intention_names text   not null, -- what these were called then, parted by '; '
    evidence        text   not null check (evidence in ('1', '2', '3')), -- type of evidence
    reason          text   not null, -- why words stay that claim more than the evidence shows; ''
    primary key (organisation_id, casestudy_id, version),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);

create index casestudy_version_contact on casestudy_version (contact_email) where contact_email <> '';

-- What happened to a case study, in its order.
create table casestudy_event (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    number          bigint not null, -- from 1
    at              bigint not null, -- UTC seconds
    what            text   not null, -- 'sent', 'confirmed', 'mended', 'edited', 'published', 'returned', 'withdrawn', 'taken-back', 'consent', 'checked', 'picture'
    made_by         bigint not null, -- person.id; 0: the author, somebody shown, or the service
    version         bigint not null, -- the newest version then
    reason          text   not null, -- as the editor typed it; '' for none
    primary key (organisation_id, casestudy_id, number),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);

create index casestudy_event_by on casestudy_event (made_by, at) where made_by > 0;

-- A picture of a case study. Its bytes are an upload of the owner 'casestudy/REFERENCE'.
create table casestudy_picture (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    number          bigint not null, -- from 1
    upload_id       bigint not null, -- upload.id; 0 once it is gone
    type            text   not null, -- 'image/jpeg' or 'image/png'
    width_px        bigint not null, -- of its pixels
    height_px       bigint not null, -- of its pixels
    alternative     text   not null, -- what it shows, for who cannot see it
    shows_people    bigint not null check (shows_people in (0, 1)), -- 1: somebody can be known in it
    state           text   not null check (state in ('waiting', 'free', 'gone')), -- waiting: for a consent; free: may be shown
    primary key (organisation_id, casestudy_id, number),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);
create index casestudy_picture_gone on casestudy_picture (upload_id) where state = 'gone' and upload_id > 0;

-- Somebody who can be known in a picture, and what they and a parent or guardian said.
create table casestudy_person (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    number          bigint not null, -- from 1
    reference       text   not null, -- CP-XXXX-XXXX: the thing of their consent (privacy/consent.h)
    name            text   not null, -- as the author typed it; never public; '' once erased
    email           text   not null, -- to ask them; '' when only a guardian is asked
    email_key       text   not null, -- the same in small letters
    age             text   not null check (age in ('grown', 'young', 'child')), -- grown: own consent; young: and a guardian's; child: a guardian's alone
    guardian_name   text   not null, -- '' when none is needed
    guardian_email  text   not null, -- to ask them; ''
    guardian_key    text   not null, -- the same in small letters
    link_hash       text,            -- of the link that was mailed to them; null: none
    guardian_hash   text,            -- of the link that was mailed to the guardian; null: none
    said            text   not null check (said in ('', 'yes', 'no')), -- what they said last
    guardian_said   text   not null check (guardian_said in ('', 'yes', 'no')), -- the guardian
    primary key (organisation_id, casestudy_id, number),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);
create unique index casestudy_person_reference on casestudy_person (reference);
create unique index casestudy_person_link on casestudy_person (link_hash) where link_hash is not null;
create unique index casestudy_person_guardian on casestudy_person (guardian_hash) where guardian_hash is not null;
create index casestudy_person_email on casestudy_person (email_key) where email_key <> '';
create index casestudy_person_guardian_email on casestudy_person (guardian_key) where guardian_key <> '';

-- Who can be known in which picture.
create table casestudy_shown (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    picture         bigint not null, -- number of the picture
    person          bigint not null, -- number of the person
    primary key (organisation_id, casestudy_id, picture, person),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);

-- "We did this too": another organisation did what a case study tells. It counts once an
-- organisation, when its sender's address is proven.
create table casestudy_reuse (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    id              bigint not null, -- made by the program, time-ordered
    reference       text   not null, -- RU-XXXX-XXXX
    reuser_id       bigint not null references organisation (id), -- who did it too
    reuser_code     text   not null, -- organisation.code
    reuser          text   not null, -- its name then
    words           text   not null, -- what they changed; for the editors and the author; ''
    name            text   not null, -- who says so; '' once erased
    email           text   not null, -- theirs, never public; '' once erased
    email_key       text   not null, -- the same in small letters
    state           text   not null check (state in ('unconfirmed', 'counted', 'again', 'withdrawn')), -- again: the organisation counts already
    sent_at         bigint not null, -- UTC seconds
    counted_at      bigint,          -- UTC seconds; null: it does not
    primary key (organisation_id, casestudy_id, id),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);
create unique index casestudy_reuse_reference on casestudy_reuse (reference);
create unique index casestudy_reuse_once on casestudy_reuse (organisation_id, casestudy_id, reuser_id) where state = 'counted';
create index casestudy_reuse_of on casestudy_reuse (reuser_id, state, counted_at);
create index casestudy_reuse_open on casestudy_reuse (sent_at) where state = 'unconfirmed';
create index casestudy_reuse_email on casestudy_reuse (email_key, sent_at);

-- The code and the link by which the sender of a case study or of a reuse proves an address.
create table casestudy_proof (
    organisation_id bigint not null, -- of the case study
    casestudy_id    bigint not null, -- of the case study
    reference       text   not null, -- of the case study, or of the reuse
    email_key       text   not null, -- to which address it was mailed; '' once erased
    sent_at         bigint not null, -- UTC seconds
    link_hash       text   not null, -- of the link in the mail
    later_hash      text,            -- of the newest link given after that; null: none
    code_hash       text   not null, -- keyed hash of the code
    code_tries      bigint not null, -- how often a wrong code was typed
    tried_by        text   not null, -- hash of the address of whoever typed the last wrong one; ''
    tried_at        bigint not null, -- UTC seconds of it; 0
    primary key (organisation_id, casestudy_id, reference),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);
create unique index casestudy_proof_reference on casestudy_proof (reference);
create unique index casestudy_proof_link on casestudy_proof (link_hash);
create unique index casestudy_proof_later on casestudy_proof (later_hash) where later_hash is not null;
create index casestudy_proof_email on casestudy_proof (email_key, sent_at);
create index casestudy_proof_tried on casestudy_proof (tried_by, tried_at) where tried_by <> '';
