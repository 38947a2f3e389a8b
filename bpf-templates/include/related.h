/* SPDX-License-Identifier: Dual BSD/GPL */
/* ICMP errors belong to the connection whose packet they quote, whoever sends them. */
#ifndef POLICYC_RELATED_H
#define POLICYC_RELATED_H

#include "conntrack.h"
#include "parse.h"

static __always_inline bool is_icmp_error(const struct policyc_packet *packet)
{
	if (packet->fragment != FRAGMENT_NONE)
		return false;
	if (packet->protocol == PROTOCOL_ICMP)
		return packet->icmp_type == ICMP_UNREACHABLE || packet->icmp_type == ICMP_TIME_EXCEEDED ||
		       packet->icmp_type == ICMP_PARAMETER_PROBLEM;
	return packet->protocol == PROTOCOL_ICMPV6 && packet->icmp_type >= ICMPV6_FIRST_ERROR &&
	       packet->icmp_type <= ICMPV6_LAST_ERROR;
}

/* The quoted IPv4 header. It was sent by whom the error is sent to, so it goes the other way. */
static __always_inline bool quoted_ipv4(struct cursor *cursor, struct policyc_packet *quoted)
{
	const struct ipv4_header *ip = cursor_peek(cursor, sizeof(*ip));
	bool ingress = quoted->direction == POLICYC_INGRESS;
	__u32 header_length;

	if (!ip || ip->version_ihl >> 4 != 4 || ip->fragment & be16(IPV4_FRAGMENT_OFFSET))
		return false;
	header_length = (ip->version_ihl & 15) * 4;
	if (header_length < sizeof(*ip))
		return false;
	quoted->protocol = ip->protocol;
	quoted->local[0] = ingress ? ip->destination : ip->source;
	quoted->remote[0] = ingress ? ip->source : ip->destination;
	cursor->offset += header_length;
	return true;
}

static __always_inline bool quoted_ipv6(struct cursor *cursor, struct policyc_packet *quoted)
{
	const struct ipv6_header *ip = cursor_peek(cursor, sizeof(*ip));
	bool ingress = quoted->direction == POLICYC_INGRESS;

	if (!ip || ip->version_class >> 4 != 6)
		return false;
	quoted->protocol = ip->next_header;
	copy_address(quoted->local, ingress ? ip->destination : ip->source);
	copy_address(quoted->remote, ingress ? ip->source : ip->destination);
	quoted->header_offset = cursor->offset + sizeof(*ip);
	quoted->end_offset = cursor->end;
	if (is_extension_header(quoted->protocol) && skip_extension_headers(cursor->skb, quoted))
		return false;
	return quoted->fragment != FRAGMENT_LATER && cursor_resume(cursor, quoted);
}

static __always_inline bool quoted_transport(struct cursor *cursor, struct policyc_packet *quoted)
{
	switch (quoted->protocol) {
	case PROTOCOL_TCP:
	case PROTOCOL_UDP:
	case PROTOCOL_SCTP:
		return parse_ports(cursor, quoted, sizeof(struct ports_header));
	case PROTOCOL_ICMP:
	case PROTOCOL_ICMPV6:
		return parse_icmp(cursor, quoted) && is_echo(quoted->protocol, quoted->icmp_type);
	default:
		return true;
	}
}

/*
 * The key of the connection that the packet belongs to which an ICMP error quotes. Returns false if it quotes none. A global
 * function, as parse_packet: the verifier knows nothing of the memory behind the pointers but its size.
 */
__noinline bool find_quoted(struct __sk_buff *skb, const struct policyc_packet *packet, struct policyc_ct_key *key)
{
	struct policyc_packet quoted = {};
	struct cursor cursor = { .skb = skb };
	const __u64 *addressee, *sender;
	bool ingress;

	if (!packet || !key)
		return false;
	ingress = packet->direction == POLICYC_INGRESS;
	quoted.family = packet->family;
	quoted.direction = ingress ? POLICYC_EGRESS : POLICYC_INGRESS;
	if (!cursor_resume(&cursor, packet))
		return false;
	cursor.offset += sizeof(struct icmp_header);
	if (!(packet->family == 4 ? quoted_ipv4(&cursor, &quoted) : quoted_ipv6(&cursor, &quoted)))
		return false;
	addressee = ingress ? packet->local : packet->remote;
	sender = ingress ? quoted.local : quoted.remote;
	if (addressee[0] != sender[0] || addressee[1] != sender[1])
		return false;
	if (!quoted_transport(&cursor, &quoted))
		return false;
	ct_key_of(&quoted, key);
	return true;
}

/* Whether the connection is known and allowed. */
__noinline bool is_allowed_connection(const struct policyc_ct_key *key, __u32 revision)
{
	struct ct_entry entry = {};
	struct ct_place place;

	if (!key)
		return false;
	place.key = *key;
	return ct_find(&place) && ct_read(&place, &entry) && ct_is_alive(&entry.state, ct_now()) &&
	       entry.state.answer >> 32 == revision && is_allow(entry.state.answer);
}

/*
 * Whether an ICMP error quotes a packet of a connection that is known and allowed. Two functions, one after the other: a
 * program and all that is called at one time share 512 bytes of stack.
 */
static __always_inline bool is_related(struct __sk_buff *skb, const struct policyc_packet *packet, __u32 revision)
{
	struct policyc_ct_key key = {};

	return find_quoted(skb, packet, &key) && is_allowed_connection(&key, revision);
}

#endif
