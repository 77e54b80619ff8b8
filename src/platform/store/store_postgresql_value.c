/* SPDX-License-Identifier: MIT */
/*
 * store_postgresql_value.c - values to and from PostgreSQL's binary format.
 *
 * Numbers are in network order.  Sums and averages come as numeric, whose digits are groups of
 * four decimals: they are read through text, so that a real is rounded only once.
 */
#include "platform/store/store_postgresql.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMERIC_GROUPS_MAX = 80, NUMERIC_NEGATIVE = 0x4000 };

Oid postgresql_oid(enum store_type type)
{
    static const Oid oids[] = {[STORE_INT] = OID_INT8,
                               [STORE_TEXT] = OID_TEXT,
                               [STORE_REAL] = OID_FLOAT8,
                               [STORE_BLOB] = OID_BYTEA};
    return oids[type];
}

/* ---- arguments ---- */

static void put_64(unsigned char *out, uint64_t bits)
{
    uint64_t ordered = htobe64(bits);
    memcpy(out, &ordered, sizeof ordered);
}

void postgresql_values_fill(struct postgresql_values *out, const struct store_statement *statement,
                            const struct store_call *call)
{
    for (int i = 0; i < statement->value_count; i++) {
        const struct store_value *value = call->values[i];
        out->formats[i] = statement->types[i] != STORE_TEXT;
        out->lengths[i] = 8;
        out->values[i] = (const char *)out->numbers[i];
        if (value == NULL || value->is_null) {
            out->values[i] = NULL;
        } else if (value->type == STORE_INT) {
            put_64(out->numbers[i], (uint64_t)value->n);
        } else if (value->type == STORE_REAL) {
            uint64_t bits;
            memcpy(&bits, &value->real, sizeof bits);
            put_64(out->numbers[i], bits);
        } else {
            out->values[i] = value->text;
            out->lengths[i] = (int)value->size_bytes; /* of a blob; text ends with a zero byte */
        }
    }
}

/* ---- columns ---- */

bool postgresql_type_fits(enum store_type type, Oid oid)
{
    switch (type) {
    case STORE_INT:
        return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2 || oid == OID_NUMERIC ||
               oid == OID_BOOL;
    case STORE_REAL:
        return oid == OID_FLOAT8 || oid == OID_FLOAT4 || oid == OID_NUMERIC || oid == OID_INT8 ||
               oid == OID_INT4;
    case STORE_TEXT:
        return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_NAME || oid == OID_BPCHAR ||
               oid == OID_CHAR || oid == OID_UNKNOWN;
    case STORE_BLOB:
        return oid == OID_BYTEA;
    }
    return false;
}

static int get_16(const unsigned char *at)
{
    return (int16_t)(uint16_t)(at[0] << 8 | at[1]);
}

static int32_t get_32(const unsigned char *at)
{
    uint32_t bits;
    memcpy(&bits, at, sizeof bits);
    return (int32_t)be32toh(bits);
}

static int64_t get_64(const unsigned char *at)
{
    uint64_t bits;
    memcpy(&bits, at, sizeof bits);
    return (int64_t)be64toh(bits);
}

/* Writes a numeric as digits and a power of ten, "-0012345e-4"; false for what is no number or is
 * longer than any number that we keep. */
static bool numeric_text(const unsigned char *at, char *out, int *power_out)
{
    int group_count = get_16(at);
    int weight = get_16(at + 2);
    int sign = (uint16_t)get_16(at + 4);
    if ((sign != 0 && sign != NUMERIC_NEGATIVE) || group_count > NUMERIC_GROUPS_MAX)
        return false;
    *out++ = sign == 0 ? '+' : '-';
    for (int i = 0; i < group_count; i++)
        out += sprintf(out, "%04d", get_16(at + 8 + 2 * (size_t)i));
    *power_out = group_count == 0 ? 0 : 4 * (weight + 1 - group_count);
    sprintf(out, "%s", group_count == 0 ? "0" : "");
    return true;
}

static bool numeric_int(const unsigned char *at, int64_t *out)
{
    char text[4 * NUMERIC_GROUPS_MAX + 40];
    int power;
    if (!numeric_text(at, text, &power) || power < 0 || power > 20)
        return false;
    size_t length = strlen(text);
    memset(text + length, '0', (size_t)power);
    text[length + (size_t)power] = '\0';
    errno = 0;
    *out = strtoll(text, NULL, 10);
    return errno == 0;
}

static bool numeric_real(const unsigned char *at, double *out)
{
    char text[4 * NUMERIC_GROUPS_MAX + 40];
    int power;
    if (!numeric_text(at, text, &power))
        return false;
    sprintf(text + strlen(text), "e%d", power);
    *out = strtod(text, NULL);
    return true;
}

static bool read_int(const unsigned char *at, Oid oid, int64_t *out)
{
    switch (oid) {
    case OID_INT8:
        *out = get_64(at);
        return true;
    case OID_INT4:
        *out = get_32(at);
        return true;
    case OID_INT2:
        *out = get_16(at);
        return true;
    case OID_BOOL:
        *out = at[0];
        return true;
    default:
        return numeric_int(at, out);
    }
}

static bool read_real(const unsigned char *at, Oid oid, double *out)
{
    int64_t n;
    if (oid == OID_NUMERIC)
        return numeric_real(at, out);
    if (oid == OID_FLOAT4) {
        int32_t bits = get_32(at);
        float small;
        memcpy(&small, &bits, sizeof small);
        *out = (double)small;
        return true;
    }
    if (!read_int(at, oid == OID_FLOAT8 ? OID_INT8 : oid, &n))
        return false;
    if (oid == OID_FLOAT8)
        memcpy(out, &n, sizeof *out);
    else
        *out = (double)n;
    return true;
}

static bool read_value(const PGresult *result, int row, int i, struct store_value *value)
{
    const char *bytes = PQgetvalue(result, row, i);
    const unsigned char *at = (const unsigned char *)bytes;
    Oid oid = PQftype(result, i);
    if (!postgresql_type_fits(value->type, oid))
        return false;
    if (value->type == STORE_INT)
        return read_int(at, oid, &value->n);
    if (value->type == STORE_REAL)
        return read_real(at, oid, &value->real);
    value->text = bytes;
    value->size_bytes = (size_t)PQgetlength(result, row, i);
    return true;
}

enum status postgresql_row(struct ctx *ctx, const struct store_statement *statement,
                           const PGresult *result, int row, struct store_value *out)
{
    if (PQnfields(result) != statement->column_count)
        return ctx_fail(ctx, ERR_FAULT, "query %s: declares %d columns, gives %d",
                        statement->query->name, statement->column_count, PQnfields(result));
    for (int i = 0; i < statement->column_count; i++) {
        const struct store_column *column = &statement->columns[i];
        out[i] = (struct store_value){.type = column->type};
        if (PQgetisnull(result, row, i)) {
            out[i].is_null = true;
            if (!column->is_nullable)
                return store_column_fault(ctx, statement, i, "a null");
        } else if (!read_value(result, row, i, &out[i])) {
            return store_column_fault(ctx, statement, i, "another type");
        }
    }
    return OK;
}
