-- A pillar has one code for all that names it; what is found is made anew with it.
update search_document set pillar = 'widening-access' where pillar = 'widening';
delete from search_made;
