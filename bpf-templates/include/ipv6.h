/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_IPV6_H
#define POLICYC_IPV6_H

#include "cursor.h"
#include "maps.h"
#include "packet.h"
#include "wire.h"

/* More than any sender needs: RFC 8200 section 4.1 names six that may come before a transport header. */
#define MAX_EXTENSION_HEADERS 6

/* By a bit set: the verifier would follow every one of five comparisons through all that comes after it. */
static __always_inline bool is_extension_header(__u8 protocol)
{
	const __u64 extensions = 1ull << PROTOCOL_HOP_BY_HOP | 1ull << PROTOCOL_ROUTING | 1ull << PROTOCOL_FRAGMENT |
				 1ull << PROTOCOL_DESTINATION_OPTIONS | 1ull << PROTOCOL_AH;

	return protocol < 64 && extensions >> protocol & 1;
}

static __always_inline __u32 extension_header_length(const struct extension_header *header, __u8 protocol)
{
	switch (protocol) {
	case PROTOCOL_FRAGMENT:
		return sizeof(*header);
	case PROTOCOL_AH:
		return (header->length + 2) * 4;
	default:
		return (header->length + 1) * 8;
	}
}

static __always_inline enum fragment_kind fragment_kind_of(const struct extension_header *header)
{
	if (header->fragment_offset & be16(IPV6_FRAGMENT_OFFSET))
		return FRAGMENT_LATER;
	return header->fragment_offset & be16(IPV6_MORE_FRAGMENTS) ? FRAGMENT_FIRST : FRAGMENT_NONE;
}

/* Reads one extension header. Returns 0 or the code of a drop. */
static __always_inline __u32 skip_extension_header(struct cursor *cursor, struct policyc_packet *packet)
{
	const struct extension_header *header = cursor_peek(cursor, sizeof(*header));
	__u8 protocol = packet->protocol;

	if (!header)
		return POLICYC_FIXED_INVALID_EXTHDR;
	packet->protocol = header->next_header;
	cursor->offset += extension_header_length(header, protocol);
	if (cursor->offset > cursor->end)
		return POLICYC_FIXED_INVALID_EXTHDR;
	/* The packet goes on to an address that no policy was asked about. */
	if (protocol == PROTOCOL_ROUTING && header->routing.segments_left)
		return POLICYC_FIXED_INVALID_EXTHDR;
	if (protocol != PROTOCOL_FRAGMENT)
		return 0;
	if (packet->fragment != FRAGMENT_NONE)
		return POLICYC_FIXED_INVALID_EXTHDR;
	packet->fragment = fragment_kind_of(header);
	packet->fragment_id = header->fragment_id;
	/* As in IPv4: a fragment that would lay other TCP flags over those of the first one. */
	if (packet->protocol == PROTOCOL_TCP && (be16(header->fragment_offset) & IPV6_FRAGMENT_OFFSET) == 8)
		return POLICYC_FIXED_INVALID;
	return 0;
}

/*
 * Moves packet->header_offset to the transport header and sets packet->protocol. Returns 0 or the code of a drop.
 * A global function, as parse_packet: this is rare, and the verifier would walk it for every way that leads here.
 */
__noinline __u32 skip_extension_headers(struct __sk_buff *skb, struct policyc_packet *packet)
{
	struct cursor cursor = { .skb = skb };
	__u32 code;

	if (!packet || !cursor_resume(&cursor, packet))
		return POLICYC_FIXED_INVALID;

#pragma nounroll
	for (int i = 0; i < MAX_EXTENSION_HEADERS && is_extension_header(packet->protocol); i++) {
		if (packet->protocol == PROTOCOL_HOP_BY_HOP && i > 0)
			return POLICYC_FIXED_INVALID_EXTHDR;
		code = skip_extension_header(&cursor, packet);
		if (code)
			return code;
		packet->protocol = forget(packet->protocol);
		packet->fragment = forget(packet->fragment);
		/* Six headers of at most 2,048 bytes, behind others of at most 200. */
		cursor.offset = forget(cursor.offset) & LAST_HEADER_OFFSET;
		packet->header_offset = cursor.offset;
		if (packet->fragment == FRAGMENT_LATER)
			return 0;
	}
	return is_extension_header(packet->protocol) ? POLICYC_FIXED_INVALID_EXTHDR : 0;
}

/* Reads the header (RFC 8200) and its extensions and notes what is behind them. Returns 0 or the POLICYC_FIXED_* code. */
static __always_inline __u32 parse_ipv6(struct cursor *cursor, struct policyc_packet *packet, __u8 *hop_limit)
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
	packet->header_offset = cursor->offset + sizeof(*ip);
	packet->end_offset = packet->header_offset + payload_length;
	return likely(!is_extension_header(packet->protocol)) ? 0 : skip_extension_headers(cursor->skb, packet);
}

#endif
