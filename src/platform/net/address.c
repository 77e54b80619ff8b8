/* SPDX-License-Identifier: MIT */
/* address.c - two tables: of IPv4 what is not public, of IPv6 what is not within what is. */
#include "platform/net/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

enum { V4_BYTES = 4, V6_BYTES = 16, EMBEDDED_AT = V6_BYTES - V4_BYTES };

/* The first `bits` of an address. */
struct block {
    uint8_t bytes[V6_BYTES];
    unsigned bits;
};

static const struct block not_public_v4[] = {
    {{0}, 8},                 /* this network                               */
    {{10}, 8},                /* private                                    */
    {{100, 64}, 10},          /* shared by carriers                         */
    {{127}, 8},               /* loopback                                   */
    {{168, 63, 129, 16}, 32}, /* where a cloud answers its own machines  */
    {{169, 254}, 16},         /* link-local, and the metadata of clouds     */
    {{172, 16}, 12},          /* private                                    */
    {{192, 0, 0}, 24},        /* protocols                                  */
    {{192, 0, 2}, 24},        /* documentation                              */
    {{192, 31, 196}, 24},     /* AS112                                      */
    {{192, 52, 193}, 24},     /* AMT                                        */
    {{192, 88, 99}, 24},      /* relays of 6to4                             */
    {{192, 168}, 16},         /* private                                    */
    {{192, 175, 48}, 24},     /* AS112                                      */
    {{198, 18}, 15},          /* measurements                               */
    {{198, 51, 100}, 24},     /* documentation                              */
    {{203, 0, 113}, 24},      /* documentation                              */
    {{224}, 4},               /* multicast                                  */
    {{240}, 4},               /* reserved, and broadcast                    */
};

static const struct block global_v6 = {{0x20}, 3};

static const struct block not_public_v6[] = {
    {{0x20, 0x01}, 23},                   /* protocols; Teredo, ORCHID among them */
    {{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation                        */
    {{0x20, 0x02}, 16},                   /* 6to4: an IPv4 address of anybody     */
    {{0x26, 0x20, 0, 0x4f, 0x80, 0}, 48}, /* AS112                                */
    {{0x3f, 0xff}, 20},                   /* documentation                        */
};

/* IPv4 in the last four bytes. */
static const struct block embedding_v6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, /* mapped */
    {{0x00, 0x64, 0xff, 0x9b}, 96},                   /* NAT64  */
};

static bool is_in(const uint8_t *address, const struct block *block)
{
    size_t whole = block->bits / 8;
    unsigned rest = block->bits % 8;
    if (memcmp(address, block->bytes, whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ block->bytes[whole]) >> (8 - rest) == 0;
}

static bool is_in_any(const uint8_t *address, const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_in(address, &blocks[i]))
            return true;
    return false;
}

static bool is_public_v4(const uint8_t *address)
{
    return !is_in_any(address, not_public_v4, sizeof not_public_v4 / sizeof not_public_v4[0]);
}

static bool is_public_v6(const uint8_t *address)
{
    if (is_in_any(address, embedding_v6, sizeof embedding_v6 / sizeof embedding_v6[0]))
        return is_public_v4(address + EMBEDDED_AT);
    return is_in(address, &global_v6) &&
           !is_in_any(address, not_public_v6, sizeof not_public_v6 / sizeof not_public_v6[0]);
}

bool net_address_is_public(const struct sockaddr *address)
{
    uint8_t bytes[V6_BYTES] = {0};
    if (address->sa_family == AF_INET) {
        memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in, sin_addr), V4_BYTES);
        return is_public_v4(bytes);
    }
    if (address->sa_family != AF_INET6)
        return false;
    memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in6, sin6_addr), V6_BYTES);
    return is_public_v6(bytes);
}
