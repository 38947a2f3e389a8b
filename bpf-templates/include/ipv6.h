/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_IPV6_H
#define POLICYC_IPV6_H

#include "cursor.h"
#include "packet.h"
#include "wire.h"

/* More than any sender needs: RFC 8200 section 4.1 names six that may come before a transport header. */
#define MAX_EXTENSION_HEADERS 6

static __always_inline bool is_extension_header(__u8 protocol)
{
	return protocol == PROTOCOL_HOP_BY_HOP || protocol == PROTOCOL_ROUTING || protocol == PROTOCOL_FRAGMENT ||
	       protocol == PROTOCOL_DESTINATION_OPTIONS || protocol == PROTOCOL_AH;
}

/* A fragment header. Returns 0 or the code of a drop; what follows a later fragment's is not a header. */
static __always_inline __u32 parse_fragment_header(struct cursor *cursor, struct policyc_packet *packet,
						   __u32 *fragment_id)
{
	const struct fragment_header *header = cursor_peek(cursor, sizeof(*header));

	if (!header || packet->fragment != FRAGMENT_NONE)
		return POLICYC_FIXED_INVALID_EXTHDR;
	packet->protocol = header->next_header;
	*fragment_id = header->id;
	if (header->offset & be16(IPV6_FRAGMENT_OFFSET))
		packet->fragment = FRAGMENT_LATER;
	else if (header->offset & be16(IPV6_MORE_FRAGMENTS))
		packet->fragment = FRAGMENT_FIRST;
	if (header->next_header == PROTOCOL_TCP && (be16(header->offset) & IPV6_FRAGMENT_OFFSET) == 8)
		return POLICYC_FIXED_INVALID;
	cursor->offset += sizeof(*header);
	return 0;
}

/* Any other one. */
static __always_inline __u32 skip_extension_header(struct cursor *cursor, struct policyc_packet *packet)
{
	const struct extension_header *header = cursor_peek(cursor, sizeof(*header));

	if (!header)
		return POLICYC_FIXED_INVALID_EXTHDR;
	/* The packet goes on to an address that no policy was asked about. */
	if (packet->protocol == PROTOCOL_ROUTING && header->segments_left)
		return POLICYC_FIXED_INVALID_EXTHDR;
	cursor->offset += packet->protocol == PROTOCOL_AH ? (header->length + 2) * 4 : (header->length + 1) * 8;
	packet->protocol = header->next_header;
	return cursor->offset > cursor->end ? POLICYC_FIXED_INVALID_EXTHDR : 0;
}

/* Moves to the transport header and sets packet->protocol. Returns 0 or the code of a drop. */
static __always_inline __u32 skip_extension_headers(struct cursor *cursor, struct policyc_packet *packet,
						    __u32 *fragment_id)
{
	__u32 code, known;

#pragma nounroll
	for (int i = 0; i < MAX_EXTENSION_HEADERS && is_extension_header(packet->protocol); i++) {
		if (packet->protocol == PROTOCOL_HOP_BY_HOP && i > 0)
			return POLICYC_FIXED_INVALID_EXTHDR;
		code = packet->protocol == PROTOCOL_FRAGMENT ? parse_fragment_header(cursor, packet, fragment_id) :
							       skip_extension_header(cursor, packet);
		if (code)
			return code;
		known = forget(cursor->skb, cursor->offset << 16 | packet->fragment << 8 | packet->protocol);
		packet->protocol = known;
		packet->fragment = known >> 8;
		/* Six headers of at most 2,048 bytes, behind others of at most 200. */
		cursor->offset = known >> 16 & 0x3fff;
		if (packet->fragment == FRAGMENT_LATER)
			return 0;
	}
	return is_extension_header(packet->protocol) ? POLICYC_FIXED_INVALID_EXTHDR : 0;
}

/* Reads the header (RFC 8200) and moves behind it and its extensions. Returns 0 or the POLICYC_FIXED_* code. */
static __always_inline __u32 parse_ipv6(struct cursor *cursor, struct policyc_packet *packet, __u32 *fragment_id,
					__u8 *hop_limit)
{
	const struct ipv6_header *ip = cursor_peek(cursor, sizeof(*ip));
	bool ingress = packet->direction == POLICYC_INGRESS;
	__u32 payload_length, available;

	if (!ip || ip->version_class >> 4 != 6)
		return POLICYC_FIXED_INVALID;
	packet->family = 6;
	packet->protocol = ip->next_header;
	copy_address(packet->local, ingress ? ip->destination : ip->source);
	copy_address(packet->remote, ingress ? ip->source : ip->destination);
	*hop_limit = ip->hop_limit;

	payload_length = be16(ip->payload_length);
	available = cursor->end - cursor->offset - sizeof(*ip);
	/* Segmentation offload: a packet of more than 64 KiB says 0. */
	if (unlikely(!payload_length) && available > 0xffff)
		payload_length = available;
	if (payload_length > available)
		return POLICYC_FIXED_INVALID;
	cursor->offset += sizeof(*ip);
	cursor->end = cursor->offset + payload_length;
	return likely(!is_extension_header(packet->protocol)) ? 0 :
								skip_extension_headers(cursor, packet, fragment_id);
}

#endif
