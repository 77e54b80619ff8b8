-- The consent of somebody who is shown, given on paper: what was written down of it. It counts when an
-- editor who did not write it down has looked at it.
create table casestudy_paper (
    organisation_id    bigint not null, -- of the case study
    casestudy_id       bigint not null, -- of the case study
    id                 bigint not null, -- made by the program, time-ordered
    person             bigint not null, -- number of who is shown
    signed_on          text   not null, -- YYYY-MM-DD on which they signed; '' for a child
    guardian_signed_on text   not null, -- YYYY-MM-DD on which a parent or guardian did; '' for who is of age
    kept_at            text   not null, -- where the paper is kept; '' once erased
    upload_id          bigint not null, -- upload.id of a scan; 0: none, or it is gone
    state              text   not null check (state in ('waiting', 'counted', 'refused', 'replaced')), -- waiting: for an editor; replaced: written down anew
    recorded_at        bigint not null, -- UTC seconds
    recorded_by        bigint not null, -- person.id of an editor; 0: the author
    checked_at         bigint not null, -- UTC seconds; 0: not yet
    checked_by         bigint not null, -- person.id of an editor; 0: nobody yet
    note               text   not null, -- why it was refused; ''
    primary key (organisation_id, casestudy_id, id),
    foreign key (organisation_id, casestudy_id) references casestudy (organisation_id, id) on delete cascade
);
create unique index casestudy_paper_one on casestudy_paper (organisation_id, casestudy_id, person) where state = 'waiting';
create index casestudy_paper_queue on casestudy_paper (recorded_at) where state = 'waiting';
create index casestudy_paper_over on casestudy_paper (upload_id) where upload_id > 0 and state in ('refused', 'replaced');
create index casestudy_paper_recorder on casestudy_paper (recorded_by);
create index casestudy_paper_checker on casestudy_paper (checked_by);
