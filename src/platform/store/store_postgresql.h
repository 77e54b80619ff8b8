/* SPDX-License-Identifier: MIT */
/* store_postgresql.h - what the files of the PostgreSQL engine share.  Private to store/. */
#ifndef PLATFORM_STORE_STORE_POSTGRESQL_H
#define PLATFORM_STORE_STORE_POSTGRESQL_H

#include <libpq-fe.h>

#include "platform/store/store_engine.h"

/* Object ids of types, fixed by PostgreSQL (pg_type.dat). */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_UNKNOWN = 705,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700
};

/* The arguments of one call in the form that libpq takes. */
struct postgresql_values {
    const char *values[STORE_VALUES_MAX];
    int lengths[STORE_VALUES_MAX];
    int formats[STORE_VALUES_MAX];
    unsigned char numbers[STORE_VALUES_MAX][8];
};

Oid postgresql_oid(enum store_type type);

void postgresql_values_fill(struct postgresql_values *out, const struct store_statement *statement,
                            const struct store_call *call);

/* Whether a column of PostgreSQL's type can be read as type. */
bool postgresql_type_fits(enum store_type type, Oid oid);

/* Reads a row of a binary result; the values point into it. */
enum status postgresql_row(struct ctx *ctx, const struct store_statement *statement,
                           const PGresult *result, int row, struct store_value *out);

/* The status for a failed result, with its cause: never values of rows, which the server puts
 * into the detail of its messages.  ERR_CONFLICT leaves what was refused in store->refused. */
enum status postgresql_fail(struct ctx *ctx, struct store *store, const PGresult *result,
                            const char *what);

/* Runs a command that gives no rows, or whose rows nobody asks for. */
enum status postgresql_do(struct ctx *ctx, struct store *store, const char *text);

#endif
