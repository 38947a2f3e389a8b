/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * What the generated decision is made of. These functions are kept in the bitcode for the compiler to call; with the
 * constants below it folds away what a policy does not use.
 */
#ifndef POLICYC_TABLES_H
#define POLICYC_TABLES_H

#include "maps.h"
#include "packet.h"
#include "wire.h"

#define POLICYC_SHAPE_EXACT4 1
#define POLICYC_SHAPE_PREFIX4 2
#define POLICYC_SHAPE_EXACT6 4
#define POLICYC_SHAPE_PREFIX6 8

/* Defined by the compiler: the kinds of ipcache entry that exist, POLICYC_SHAPE_*. */
extern const __u32 policyc_ipcache_shape;

/* Inlined wherever they are called, and defined for callers in other modules: C's inline would do only the first. */
#define for_generated_code __attribute__((always_inline))

/* The index of the remote address's identity. It is looked up once a packet and kept for the drop event. */
for_generated_code __u32 policyc_identity(struct policyc_packet *packet);

/* The port key (policyc_abi.h) of the connection's destination in the direction it was opened in. */
for_generated_code __u32 policyc_port_key(struct policyc_packet *packet);

/* A word of a page: index modulo 64; 0 if there is no such page. */
for_generated_code __u32 policyc_slot(__u32 page, __u32 index);

/* The endpoint's identity_root (which = 0) or port_root (1) for a direction. */
for_generated_code __u32 policyc_root(__u32 direction, __u32 which);

static __always_inline __u32 lookup_identity4(const struct policyc_packet *packet)
{
	const __u32 *identity;

	if (policyc_ipcache_shape & POLICYC_SHAPE_EXACT4) {
		__u32 address = packet->remote[0];

		identity = bpf_map_lookup_elem(&policyc_ipcache4, &address);
		if (identity)
			return *identity;
	}
	if (policyc_ipcache_shape & POLICYC_SHAPE_PREFIX4) {
		struct {
			__u32 prefix_length;
			__u32 address;
		} key = { .prefix_length = 32, .address = packet->remote[0] };

		identity = bpf_map_lookup_elem(&policyc_prefix4, &key);
		if (identity)
			return *identity;
	}
	return POLICYC_IDENTITY_WORLD_IPV4;
}

static __always_inline __u32 lookup_identity6(const struct policyc_packet *packet)
{
	const __u32 *identity;
	struct {
		__u32 prefix_length;
		__u64 address[2];
	} __attribute__((packed, aligned(4))) key = { .prefix_length = 128 };

	key.address[0] = packet->remote[0];
	key.address[1] = packet->remote[1];
	if (policyc_ipcache_shape & POLICYC_SHAPE_EXACT6) {
		identity = bpf_map_lookup_elem(&policyc_ipcache6, key.address);
		if (identity)
			return *identity;
	}
	if (policyc_ipcache_shape & POLICYC_SHAPE_PREFIX6) {
		identity = bpf_map_lookup_elem(&policyc_prefix6, &key);
		if (identity)
			return *identity;
	}
	return POLICYC_IDENTITY_WORLD_IPV6;
}

__u32 policyc_identity(struct policyc_packet *packet)
{
	if (!packet->identity)
		packet->identity = packet->family == 4 ? lookup_identity4(packet) : lookup_identity6(packet);
	return packet->identity;
}

__u32 policyc_port_key(struct policyc_packet *packet)
{
	__u32 port = be16(packet->origin == POLICYC_INGRESS ? packet->local_port : packet->remote_port);

	switch (packet->protocol) {
	case PROTOCOL_TCP:
		return POLICYC_SLOT_TCP << 16 | port;
	case PROTOCOL_UDP:
		return POLICYC_SLOT_UDP << 16 | port;
	case PROTOCOL_SCTP:
		return POLICYC_SLOT_SCTP << 16 | port;
	case PROTOCOL_ICMP:
		return POLICYC_SLOT_OTHER << 16 | (POLICYC_OTHER_ICMP + packet->icmp_type);
	case PROTOCOL_ICMPV6:
		return POLICYC_SLOT_OTHER << 16 | (POLICYC_OTHER_ICMPV6 + packet->icmp_type);
	default:
		return POLICYC_SLOT_OTHER << 16 | (POLICYC_OTHER_PROTOCOL + packet->protocol);
	}
}

__u32 policyc_slot(__u32 page, __u32 index)
{
	const struct policyc_page *found = bpf_map_lookup_elem(&policyc_pages, &page);

	if (!found)
		return 0;
	index &= POLICYC_PAGE_SLOTS - 1;
	/* Or LLVM may drop the mask for an index that it knows to be small, and the verifier does not. */
	barrier_var(index);
	return found->slot[index & (POLICYC_PAGE_SLOTS - 1)];
}

__u32 policyc_root(__u32 direction, __u32 which)
{
	return which ? policyc_endpoint.policy[direction & 1].port_root :
		       policyc_endpoint.policy[direction & 1].identity_root;
}

#endif
