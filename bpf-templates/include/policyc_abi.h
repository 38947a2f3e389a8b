/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * The single source of every layout that is shared between the datapath templates, the compiler and an
 * enforcement agent. The compiler checks its own encoders against the BTF of the compiled template, so a
 * change here that is not followed there fails the build with NP4002.
 *
 * Integers are in host byte order unless the name ends in _be (network byte order).
 */
#ifndef POLICYC_ABI_H
#define POLICYC_ABI_H

#define POLICYC_ABI_VERSION 2

/* Directions are seen from the endpoint. They index arrays; do not renumber. */
#define POLICYC_INGRESS 0
#define POLICYC_EGRESS 1

/*
 * A verdict word: what to do, and the id of the decision that says so.
 * The all-zero word is a drop without a decision, so that uninitialised table memory fails closed; actions without a name
 * drop, too.
 */
#define POLICYC_ACTION_SHIFT 28
#define POLICYC_ACTION_DROP 0
#define POLICYC_ACTION_ALLOW 1
#define POLICYC_ACTION_REDIRECT 2               /* to the decision's proxy (policyc_proxies) */
#define POLICYC_ACTION_AUTHENTICATE 3           /* allow once both ends are authenticated (policyc_authenticated) */
#define POLICYC_ACTION_REDIRECT_AUTHENTICATED 4 /* redirect once they are */
#define POLICYC_DECISION_MASK ((1u << POLICYC_ACTION_SHIFT) - 1)

/*
 * Decisions that the datapath takes without asking the policy. The decision id is code * 2 + direction.
 * Ids from POLICYC_FIRST_POLICY_DECISION on belong to the policy; the bundle says which rule each one is.
 */
#define POLICYC_FIXED_NONE 0            /* drop: a table that cannot be: corrupt or empty */
#define POLICYC_FIXED_NOT_ISOLATED 1    /* allow: no policy selects the endpoint in this direction */
#define POLICYC_FIXED_NODE_LOCAL 2      /* allow: ingress from the endpoint's own node (health probes) */
#define POLICYC_FIXED_LINK 3            /* allow: ARP, IPv6 neighbour discovery */
#define POLICYC_FIXED_RELATED 4         /* allow: ICMP error that quotes a packet of a known connection */
#define POLICYC_FIXED_INVALID 5         /* drop: truncated or malformed packet */
#define POLICYC_FIXED_UNKNOWN_L3 6      /* drop: neither ARP, IPv4 nor IPv6 */
#define POLICYC_FIXED_INVALID_EXTHDR 7  /* drop: IPv6 extension header chain too long or malformed */
#define POLICYC_FIXED_FRAG_NOT_FOUND 8  /* drop: later fragment whose first one was not seen */
#define POLICYC_FIXED_CT_CREATE 9       /* drop: the connection could not be recorded */
#define POLICYC_FIXED_INVALID_SIP 10    /* drop: egress packet with a source address that is not the endpoint's */
#define POLICYC_FIXED_PROXY_MISSING 11  /* drop: redirected, but no proxy listens or could read the protocol */
#define POLICYC_FIXED_UNAUTHENTICATED 12 /* drop: the two ends have not authenticated each other, or too long ago */
#define POLICYC_FIXED_COUNT 13
#define POLICYC_FIRST_POLICY_DECISION 64

/*
 * Decision tables are tries of pages of 64 words. A trie is named by the number of its root page.
 * Every page number, slot and verdict word is one __u32. Page 0 is all zero and means 'nothing here'.
 *   identity trie  identity index (12 bits with two levels, 18 with three) -> row page
 *   port trie      port key (18 bits, three levels)                        -> column
 *   row            column (6 bits; 12 with a wide row, two levels)         -> verdict word
 */
#define POLICYC_PAGE_BITS 6
#define POLICYC_PAGE_SLOTS 64
struct policyc_page {
	__u32 slot[POLICYC_PAGE_SLOTS];
};

/* Port keys: protocol slot in bits 16-17, then the destination port, or for slot OTHER what is said here. */
#define POLICYC_SLOT_TCP 0
#define POLICYC_SLOT_UDP 1
#define POLICYC_SLOT_SCTP 2
#define POLICYC_SLOT_OTHER 3
#define POLICYC_OTHER_ICMP 0            /* + ICMP type */
#define POLICYC_OTHER_ICMPV6 256        /* + ICMPv6 type */
#define POLICYC_OTHER_PROTOCOL 512      /* + IP protocol number, for all other protocols */

/* Identity indexes with a fixed meaning; what an address is that no ipcache entry covers. */
#define POLICYC_IDENTITY_WORLD_IPV4 1
#define POLICYC_IDENTITY_WORLD_IPV6 2

/* Where the decision of one direction is found. Unused members are 0. */
struct policyc_policy {
	__u32 identity_root;    /* identity trie; the row page itself if the decision does not depend on the identity */
	__u32 port_root;        /* port trie; 0 if the decision does not depend on protocol and port */
};

/* One endpoint's configuration: a global variable of the program (map .data), so its use costs a load. */
struct policyc_endpoint {
	__u32 endpoint_id;              /* 24 bits; part of every conntrack and fragment key; unique on the node */
	__u32 revision;                 /* policy revision; conntrack entries of another one are decided again */
	__u32 ipv4_be;                  /* the endpoint's address; 0: source addresses are not checked */
	__u32 node_ipv4_be;             /* its node's address, whose ingress is always allowed; 0: none */
	__u8 ipv6[16];                  /* likewise; all zero: not checked */
	__u8 node_ipv6[16];             /* likewise; all zero: none */
	struct policyc_policy policy[2];        /* by direction */
};

/* ipcache: remote address -> identity index. Exact addresses in a hash, prefixes in an LPM trie. */
struct policyc_prefix4 {
	__u32 prefix_length;    /* bits, 0-32 */
	__u8 address[4];
};
struct policyc_prefix6 {
	__u32 prefix_length;    /* bits, 0-128 */
	__u8 address[16];
};

/* policyc_proxies: decision id -> the proxy that reads the connections which the decision redirects. */
struct policyc_proxy {
	__u16 port_be;          /* of the listener on the node; 0: none is there yet, drop */
	__u16 reserved;         /* 0 */
	__u32 flags;            /* 0 */
};

/*
 * policyc_authenticated: pair -> time until which it is authenticated, a __u64 in the unit of connections
 * (POLICYC_CT_TIME_SHIFT). Asked when a connection is opened or decided again.
 */
struct policyc_pair {
	__u32 endpoint_id;
	__u32 identity;         /* identity index of the other end */
};

/*
 * Connections. The table is an array of buckets of POLICYC_CT_WAYS ways, one for a connection each. Keys are
 * pod-relative, so both directions of a connection find the same entry. An all-zero bucket is empty.
 */
#define POLICYC_CT_WAYS 8

/* Times of connections are CLOCK_MONOTONIC nanoseconds >> 28: units of 0.268 s that last for 36 years. */
#define POLICYC_CT_TIME_SHIFT 28

struct policyc_ct_key {
	__u32 endpoint_protocol;        /* endpoint_id << 8 | IP protocol number */
	__u16 local_port_be;            /* echoes: the identifier with whoever asks, 0 with the other; without ports: 0 */
	__u16 remote_port_be;
	__u64 local_be[2];              /* IPv4 in the first four bytes, the others 0 */
	__u64 remote_be[2];
};

#define POLICYC_CT_EGRESS 1             /* the first packet was one of egress; the policy is asked in its direction */
#define POLICYC_CT_REPLIED 2            /* a packet against the original direction was seen */
#define POLICYC_CT_ESTABLISHED 4        /* TCP: and the originator acknowledged it */
#define POLICYC_CT_FIN_ORIGINAL 8       /* TCP: the originator sent FIN */
#define POLICYC_CT_FIN_REPLY 16         /* TCP: the other side sent FIN */
#define POLICYC_CT_RESET 32             /* TCP: either side sent RST */

struct policyc_ct_entry {
	__u64 answer;           /* verdict word, and in the upper half the policy revision that it is of */
	struct policyc_ct_key key;
};

/* By cache lines: what a search reads, what the choice of a way to give up reads, and the entries. */
struct policyc_ct_bucket {
	/* Upper half: a tag from the key's hash, 0 for a free way. Lower half: counts changes; odd during one. */
	__u64 version[POLICYC_CT_WAYS];
	__u32 expires[POLICYC_CT_WAYS];         /* time from which on the entry does not exist */
	__u32 flags[POLICYC_CT_WAYS];           /* POLICYC_CT_* */
	struct policyc_ct_entry entry[POLICYC_CT_WAYS];
};

/*
 * Global variable `policyc_ct_layout` (map .data.conntrack). Every program that shares the table has the same values;
 * the seeds are secret random numbers, so that nobody can aim connections at one bucket.
 */
#define POLICYC_CT_SEEDS 10
struct policyc_ct_layout {
	__u32 buckets;                  /* max_entries of policyc_conntrack */
	__u32 seed[POLICYC_CT_SEEDS];
	__u32 reserved;
	__u64 multiplier;               /* odd */
};

/* What later fragments need to know of the first one. Keys of the LRU maps policyc_fragments4 and policyc_fragments6. */
struct policyc_fragment4 {
	__u32 endpoint_id;
	__u32 source_be;
	__u32 destination_be;
	__u16 id_be;
	__u8 protocol;
	__u8 reserved;
};
struct policyc_fragment6 {
	__u32 endpoint_id;
	__u32 id_be;
	__u64 source_be[2];
	__u64 destination_be[2];
};
struct policyc_fragment_ports {
	__u16 local_port_be;
	__u16 remote_port_be;
	__u8 protocol;          /* after all extension headers */
	__u8 icmp_type;
	__u16 reserved;
};

/* Counters: one per decision id, per CPU. */
struct policyc_counter {
	__u64 packets;
	__u64 bytes;            /* whole frames, as the hook sees them */
};

/* A dropped packet, as sent to user space through the ring buffer `policyc_events`. */
struct policyc_event {
	__u64 time_ns;          /* CLOCK_MONOTONIC, coarse */
	__u32 endpoint_id;
	__u32 verdict;          /* verdict word */
	__u32 identity;         /* identity index of the remote address; 0 if it was not looked up */
	__u32 length;           /* bytes of the frame */
	__u8 direction;
	__u8 family;            /* 4, 6, or 0 */
	__u8 protocol;          /* IP protocol number */
	__u8 icmp_type;
	__u16 source_port_be;
	__u16 destination_port_be;
	__u8 source[16];        /* IPv4 in the first four bytes */
	__u8 destination[16];
};

#endif
