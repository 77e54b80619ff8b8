/* SPDX-License-Identifier: MIT */
/* programme.c - the lists of what this program is made of. */
#include "programme/programme.h"

#include "platform/document/document_migrations.h"
#include "platform/job/job_migrations.h"
#include "platform/mail/mail_migrations.h"
#include "platform/web/journey_migrations.h"
#include "platform/web/web_migrations.h"
#include "programme/directory/directory_migrations.h"
#include "programme/pack/pack_migrations.h"

/* Ends with NULL, which is not counted, so that an empty list is C too. */
const struct store_migration_set *const programme_migrations[] = {
    &document_migrations,
    &job_migrations,
    &mail_migrations,
    &web_migrations,
    &journey_migrations,
    &pack_migrations,
    &directory_migrations,
    NULL,
};

const size_t programme_migration_count =
    sizeof programme_migrations / sizeof programme_migrations[0] - 1;
