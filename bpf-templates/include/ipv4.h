/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_IPV4_H
#define POLICYC_IPV4_H

#include "cursor.h"
#include "packet.h"
#include "wire.h"

/* Reads the header (RFC 791) and notes what is behind it. Returns 0 or the POLICYC_FIXED_* code of a drop. */
static __always_inline __u32 parse_ipv4(struct cursor *cursor, struct policyc_packet *packet)
{
	const struct ipv4_header *ip = cursor_peek(cursor, sizeof(*ip));
	__u32 header_length, total_length, available;
	bool ingress = packet->direction == POLICYC_INGRESS;

	if (!ip || ip->version_ihl >> 4 != 4)
		return POLICYC_FIXED_INVALID;
	packet->family = 4;
	packet->protocol = ip->protocol;
	packet->local[0] = ingress ? ip->destination : ip->source;
	packet->remote[0] = ingress ? ip->source : ip->destination;

	header_length = (ip->version_ihl & 15) * 4;
	total_length = be16(ip->total_length);
	available = cursor->end - cursor->offset;
	/* Segmentation offload: a packet of more than 64 KiB says 0. */
	if (unlikely(!total_length) && available > 0xffff)
		total_length = available;
	if (header_length < sizeof(*ip) || total_length < header_length || total_length > available)
		return POLICYC_FIXED_INVALID;

	if (unlikely(ip->fragment & be16(IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET))) {
		packet->fragment_id = ip->id;
		packet->fragment = FRAGMENT_FIRST;
		if (ip->fragment & be16(IPV4_FRAGMENT_OFFSET)) {
			packet->fragment = FRAGMENT_LATER;
			/* Eight bytes in: it would lay other TCP flags over those of the first fragment (RFC 3128). */
			if (packet->protocol == PROTOCOL_TCP && (be16(ip->fragment) & IPV4_FRAGMENT_OFFSET) == 1)
				return POLICYC_FIXED_INVALID;
		}
	}
	packet->end_offset = cursor->offset + total_length;
	packet->header_offset = cursor->offset + header_length;
	return 0;
}

#endif
