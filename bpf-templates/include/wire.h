/* SPDX-License-Identifier: Dual BSD/GPL */
/* Headers as they are on the wire. Members of more than a byte are in network byte order. */
#ifndef POLICYC_WIRE_H
#define POLICYC_WIRE_H

#include "kernel.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define be16(value) __builtin_bswap16(value)
#else
#define be16(value) ((__u16)(value))
#endif

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_8021Q 0x8100
#define ETHERTYPE_IPV6 0x86dd
#define ETHERTYPE_8021AD 0x88a8

#define PROTOCOL_HOP_BY_HOP 0
#define PROTOCOL_ICMP 1
#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17
#define PROTOCOL_ROUTING 43
#define PROTOCOL_FRAGMENT 44
#define PROTOCOL_AH 51
#define PROTOCOL_ICMPV6 58
#define PROTOCOL_DESTINATION_OPTIONS 60
#define PROTOCOL_SCTP 132

#define IPV4_MORE_FRAGMENTS 0x2000
#define IPV4_FRAGMENT_OFFSET 0x1fff
#define IPV6_MORE_FRAGMENTS 0x0001
#define IPV6_FRAGMENT_OFFSET 0xfff8

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

#define ICMP_ECHO_REPLY 0
#define ICMP_UNREACHABLE 3
#define ICMP_ECHO_REQUEST 8
#define ICMP_TIME_EXCEEDED 11
#define ICMP_PARAMETER_PROBLEM 12
#define ICMPV6_FIRST_ERROR 1
#define ICMPV6_LAST_ERROR 4
#define ICMPV6_ECHO_REQUEST 128
#define ICMPV6_ECHO_REPLY 129
#define ICMPV6_FIRST_DISCOVERY 133
#define ICMPV6_LAST_DISCOVERY 137

struct ethernet_header {
	__u8 destination[6];
	__u8 source[6];
	__u16 type;
};

struct vlan_header {
	__u16 tag;
	__u16 type;
};

struct ipv4_header {
	__u8 version_ihl;
	__u8 tos;
	__u16 total_length;
	__u16 id;
	__u16 fragment;
	__u8 ttl;
	__u8 protocol;
	__u16 checksum;
	__u32 source;
	__u32 destination;
};

struct ipv6_header {
	__u8 version_class;
	__u8 class_label;
	__u16 label;
	__u16 payload_length;
	__u8 next_header;
	__u8 hop_limit;
	__u64 source[2];
	__u64 destination[2];
};

/* The first eight bytes of every IPv6 extension header; none is shorter. */
struct extension_header {
	__u8 next_header;
	__u8 length;
	union {
		struct {
			__u8 type;
			__u8 segments_left;
		} routing;
		__u16 fragment_offset;
	};
	__u32 fragment_id;
};

struct tcp_header {
	__u16 source;
	__u16 destination;
	__u32 sequence;
	__u32 acknowledgement;
	__u8 data_offset;
	__u8 flags;
	__u16 window;
	__u16 checksum;
	__u16 urgent;
};

/* The first eight bytes that UDP, SCTP and every other protocol with ports has; what an ICMP error quotes at least. */
struct ports_header {
	__u16 source;
	__u16 destination;
	__u32 rest;
};

#define SCTP_HEADER_LENGTH 12

struct icmp_header {
	__u8 type;
	__u8 code;
	__u16 checksum;
	__u16 id;               /* echo request and reply */
	__u16 sequence;
};

#endif
