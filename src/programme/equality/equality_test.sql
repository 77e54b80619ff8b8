-- equality_test_all (at_most int) -> many (pseudonym text, question text, answer text, is_draft int)
-- Every answer.
-- scans equality_answer a - only tests ask
select a.pseudonym, a.question, a.answer, a.is_draft from equality_answer a
order by a.pseudonym, a.question limit :at_most;
