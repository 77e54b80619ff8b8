-- A pillar has one code for all that names it.
update casestudy set pillar = 'widening-access' where pillar = 'widening';
update casestudy_version set pillar = 'widening-access' where pillar = 'widening';
