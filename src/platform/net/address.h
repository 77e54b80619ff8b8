/* SPDX-License-Identifier: MIT */
/* address.h - which addresses of the internet a service may call on behalf of what people wrote. */
#ifndef PLATFORM_NET_ADDRESS_H
#define PLATFORM_NET_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/*
 * Whether an address is one that anybody on the internet can reach: IPv4 or IPv6, and not private,
 * loopback, link-local, shared, multicast, reserved, of documentation, of a translation of other
 * addresses, or where a cloud answers its own machines.  An IPv4 address inside an IPv6 one (mapped
 * or by NAT64) is looked at itself.  False for any other family.
 *
 * Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and after).
 */
bool net_address_is_public(const struct sockaddr *address);

#endif
