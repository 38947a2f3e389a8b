/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_PARSE_H
#define POLICYC_PARSE_H

#include "cursor.h"
#include "fragments.h"
#include "ipv4.h"
#include "ipv6.h"
#include "maps.h"
#include "packet.h"
#include "wire.h"

/* Moves behind the Ethernet header and up to two VLAN tags. Returns the EtherType, or 0 if the frame is too short. */
static __always_inline __u16 parse_ethernet(struct cursor *cursor)
{
	const struct ethernet_header *ethernet = cursor_peek(cursor, sizeof(*ethernet));
	const struct vlan_header *vlan;
	__u16 type;

	if (!ethernet)
		return 0;
	type = ethernet->type;
	cursor->offset += sizeof(*ethernet);
#pragma unroll
	for (int i = 0; i < 2; i++) {
		if (likely(type != be16(ETHERTYPE_8021Q) && type != be16(ETHERTYPE_8021AD)))
			break;
		vlan = cursor_peek(cursor, sizeof(*vlan));
		if (!vlan)
			return 0;
		type = vlan->type;
		cursor->offset += sizeof(*vlan);
	}
	return be16(type);
}

static __always_inline void set_ports(struct policyc_packet *packet, __u16 source, __u16 destination)
{
	bool ingress = packet->direction == POLICYC_INGRESS;

	packet->local_port = ingress ? destination : source;
	packet->remote_port = ingress ? source : destination;
}

static __always_inline bool parse_tcp(const struct cursor *cursor, struct policyc_packet *packet)
{
	const struct tcp_header *tcp = cursor_peek(cursor, sizeof(*tcp));
	__u32 length;

	if (!tcp)
		return false;
	length = (tcp->data_offset >> 4) * 4;
	/* A first fragment need not have all the options. */
	if (length < sizeof(*tcp) || (packet->fragment == FRAGMENT_NONE && cursor->offset + length > cursor->end))
		return false;
	set_ports(packet, tcp->source, tcp->destination);
	packet->tcp_flags = tcp->flags;
	return true;
}

static __always_inline bool parse_ports(const struct cursor *cursor, struct policyc_packet *packet, __u32 length)
{
	const struct ports_header *ports = cursor_peek(cursor, length);

	if (!ports)
		return false;
	set_ports(packet, ports->source, ports->destination);
	return true;
}

static __always_inline bool is_echo(__u8 protocol, __u8 type)
{
	return protocol == PROTOCOL_ICMP ? type == ICMP_ECHO_REQUEST || type == ICMP_ECHO_REPLY :
					   type == ICMPV6_ECHO_REQUEST || type == ICMPV6_ECHO_REPLY;
}

static __always_inline bool parse_icmp(const struct cursor *cursor, struct policyc_packet *packet)
{
	const struct icmp_header *icmp = cursor_peek(cursor, sizeof(*icmp));

	if (!icmp)
		return false;
	packet->icmp_type = icmp->type;
	if (is_echo(packet->protocol, icmp->type)) {
		bool request = icmp->type == (packet->protocol == PROTOCOL_ICMP ? ICMP_ECHO_REQUEST : ICMPV6_ECHO_REQUEST);

		/* With whoever asks: both sides may use one identifier, and a request is no reply to the other's. */
		set_ports(packet, request ? icmp->id : 0, request ? 0 : icmp->id);
	}
	return true;
}

static __always_inline bool parse_transport(const struct cursor *cursor, struct policyc_packet *packet)
{
	switch (packet->protocol) {
	case PROTOCOL_TCP:
		return parse_tcp(cursor, packet);
	case PROTOCOL_UDP:
		return parse_ports(cursor, packet, sizeof(struct ports_header));
	case PROTOCOL_SCTP:
		return parse_ports(cursor, packet, SCTP_HEADER_LENGTH);
	case PROTOCOL_ICMP:
	case PROTOCOL_ICMPV6:
		return parse_icmp(cursor, packet);
	default:
		return true;
	}
}

/* RFC 4861 7.1: a hop limit of 255 proves that no router forwarded it. */
static __always_inline bool is_neighbour_discovery(const struct policyc_packet *packet, __u8 hop_limit)
{
	return packet->family == 6 && packet->protocol == PROTOCOL_ICMPV6 && hop_limit == 255 &&
	       packet->fragment == FRAGMENT_NONE && packet->icmp_type >= ICMPV6_FIRST_DISCOVERY &&
	       packet->icmp_type <= ICMPV6_LAST_DISCOVERY;
}

/*
 * Fills `packet`, whose direction is set. Returns 0, or the POLICYC_FIXED_* code that settles it.
 * A global function: the verifier walks it once by itself and takes its result as unknown, instead of walking the rest
 * of the program once for each way through the headers.
 */
__noinline __u32 parse_packet(struct __sk_buff *skb, struct policyc_packet *packet)
{
	struct cursor cursor = { .skb = skb, .end = skb->len };
	__u32 code;
	__u8 hop_limit = 0;

	if (!packet)
		return POLICYC_FIXED_INVALID;

	switch (parse_ethernet(&cursor)) {
	case ETHERTYPE_IPV4:
		code = parse_ipv4(&cursor, packet);
		break;
	case ETHERTYPE_IPV6:
		code = parse_ipv6(&cursor, packet, &hop_limit);
		break;
	case ETHERTYPE_ARP:
		return POLICYC_FIXED_LINK;
	case 0:
		return POLICYC_FIXED_INVALID;
	default:
		return POLICYC_FIXED_UNKNOWN_L3;
	}
	if (code)
		return code;
	/* The transport headers are the same behind either family. */
	packet->family = forget(packet->family);
	packet->fragment = forget(packet->fragment);
	packet->header_offset = forget(packet->header_offset);
	if (!cursor_resume(&cursor, packet))
		return POLICYC_FIXED_INVALID;
	if (unlikely(packet->fragment == FRAGMENT_LATER))
		return fragment_recall(packet) ? 0 : POLICYC_FIXED_FRAG_NOT_FOUND;
	if (!parse_transport(&cursor, packet))
		return POLICYC_FIXED_INVALID;
	if (is_neighbour_discovery(packet, hop_limit))
		return POLICYC_FIXED_LINK;
	if (unlikely(packet->fragment == FRAGMENT_FIRST))
		fragment_remember(packet);
	return 0;
}

#endif
