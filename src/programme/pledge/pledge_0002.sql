-- Who mends a returned pledge when its leader has left the organisation.
create table pledge_keeper (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    revision        bigint not null, -- that was returned
    email           text   not null, -- who has the link to mend it now
    since_at        bigint not null, -- UTC seconds
    primary key (organisation_id, pledge_id, revision),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
