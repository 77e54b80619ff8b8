-- By whom a pledge that somebody took over is found, for their own copy and for erasure.
create index pledge_keeper_email on pledge_keeper (email);
