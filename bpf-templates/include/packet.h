/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_PACKET_H
#define POLICYC_PACKET_H

#include "kernel.h"
#include "policyc_abi.h"

/*
 * What the datapath knows of a packet, seen from the endpoint: `local` is its side, whichever way the packet goes.
 * An IPv4 address is in the first four bytes, the others are 0. Addresses and ports are in network byte order.
 * The identifier of an echo is the port of whoever asks, the other port is 0; without ports both are.
 */
struct policyc_packet {
	__u64 local[2];
	__u64 remote[2];
	__u16 local_port;
	__u16 remote_port;
	__u8 family;            /* 4, 6, or 0 before it is known */
	__u8 protocol;
	__u8 icmp_type;
	__u8 tcp_flags;
	__u8 direction;         /* of this packet */
	__u8 origin;            /* direction that its connection was opened in; what the policy is asked about */
	__u8 fragment;          /* fragment_kind */
	__u32 identity;         /* of the remote address; 0 before it is looked up */
	__u32 header_offset;    /* of the transport header in the frame, bytes; 0 if the packet has none */
	__u32 end_offset;       /* where the IP packet ends in the frame, bytes */
	__u32 fragment_id;      /* as the header has it; 0 if the packet is no fragment */
};

/* Bytes; no header starts later, as extension headers are bounded. It bounds offsets for the verifier. */
#define LAST_HEADER_OFFSET 0x3fff

enum fragment_kind {
	FRAGMENT_NONE,
	FRAGMENT_FIRST,
	FRAGMENT_LATER,
};

static __always_inline void copy_address(__u64 *to, const __u64 *from)
{
	to[0] = from[0];
	to[1] = from[1];
}

#endif
