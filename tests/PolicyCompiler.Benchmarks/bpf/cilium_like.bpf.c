/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * The lookups that Cilium does for a packet to an endpoint, in its order and with keys and values of its sizes: identity
 * of the source by LPM trie, conntrack in an LRU hash, the policy trie twice (exact identity, then any) for every packet
 * but replies, an entry for a new connection. It leaves out what else Cilium does (services, tunnels, proxies, events,
 * tail calls, IPv6, the entry for related ICMP), so it is faster than Cilium is.
 *
 * cilium_like looks the tuple up once, cilium_like_both in both directions as Cilium does for a new connection.
 */
#include "common.h"

char program_license[] SEC("license") = "Dual BSD/GPL";

struct ipcache_key {
	__u32 prefix_length;            /* 32 + bits of the address */
	__u16 cluster;
	__u8 pad;
	__u8 family;                    /* 1: IPv4 */
	__u32 address[4];
};

struct ipcache_value {
	__u32 identity;
	__u32 tunnel_endpoint[4];
	__u16 pad;
	__u8 key;
	__u8 flags;
};

struct policy_key {
	__u32 prefix_length;            /* 40 + 8 for the protocol + bits of the port */
	__u32 identity;
	__u8 egress;
	__u8 protocol;
	__u16 port;
};

struct policy_value {
	__u16 proxy_port;
	__u8 deny;
	__u8 authentication;
	__u32 precedence;
	__u32 cookie;
};

struct tuple {
	__u32 destination;
	__u32 source;
	__u16 destination_port;
	__u16 source_port;
	__u8 protocol;
	__u8 flags;
} __attribute__((packed));

struct connection {
	__u64 packets;
	__u64 bytes;
	__u32 lifetime;
	__u16 flags;
	__u16 service;
	__u8 tcp_flags[4];
	__u32 source_identity;
	__u32 last_report[2];
	__u64 reserved[2];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 512000);
	__type(key, struct ipcache_key);
	__type(value, struct ipcache_value);
} ipcache SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct policy_key);
	__type(value, struct policy_value);
} policy SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 524288);
	__type(key, struct tuple);
	__type(value, struct connection);
} connections SEC(".maps");


static __always_inline __u32 source_identity(const struct flow *flow)
{
	struct ipcache_key key = { .prefix_length = 64, .family = 1, .address = { flow->source } };
	const struct ipcache_value *value = bpf_map_lookup_elem(&ipcache, &key);

	return value ? value->identity : 2;
}

static __always_inline bool is_allowed(const struct flow *flow, __u32 identity)
{
	struct policy_key key = {
		.prefix_length = 64,
		.identity = identity,
		.protocol = flow->protocol,
		.port = flow->destination_port,
	};
	const struct policy_value *exact = bpf_map_lookup_elem(&policy, &key), *any;
	__u32 exact_precedence = 0, any_precedence = 0;
	bool exact_allows = false, any_allows = false;

	if (exact) {
		exact_precedence = exact->precedence;
		exact_allows = !exact->deny;
	}
	key.identity = 0;
	any = bpf_map_lookup_elem(&policy, &key);
	if (any) {
		any_precedence = any->precedence;
		any_allows = !any->deny;
	}
	return any_precedence > exact_precedence ? any_allows : exact_allows;
}

static __always_inline int filter(struct __sk_buff *skb, bool both_directions)
{
	struct flow flow;
	struct connection *connection;
	struct tuple tuple;
	__u32 identity;

	if (!parse_flow(skb, &flow))
		return TC_ACT_SHOT;
	identity = source_identity(&flow);
	if (both_directions) {
		struct tuple reverse = {
			.destination = flow.source,
			.source = flow.destination,
			.destination_port = flow.source_port,
			.source_port = flow.destination_port,
			.protocol = flow.protocol,
		};

		if (bpf_map_lookup_elem(&connections, &reverse))
			return TC_ACT_OK;
	}
	tuple.destination = flow.destination;
	tuple.source = flow.source;
	tuple.destination_port = flow.destination_port;
	tuple.source_port = flow.source_port;
	tuple.protocol = flow.protocol;
	tuple.flags = 1;
	connection = bpf_map_lookup_elem(&connections, &tuple);
	if (!is_allowed(&flow, identity))
		return TC_ACT_SHOT;
	if (connection) {
		__u32 lifetime = (bpf_ktime_get_ns() >> 30) + 8000;

		if (connection->lifetime != lifetime)
			connection->lifetime = lifetime;
		connection->packets++;
		connection->bytes += skb->len;
	} else {
		struct connection created = {
			.packets = 1,
			.bytes = skb->len,
			.lifetime = (bpf_ktime_get_ns() >> 30) + 60,
			.source_identity = identity,
		};

		if (bpf_map_update_elem(&connections, &tuple, &created, BPF_ANY))
			return TC_ACT_SHOT;
	}
	return TC_ACT_OK;
}

SEC("tc")
int cilium_like(struct __sk_buff *skb)
{
	return filter(skb, false);
}

SEC("tc")
int cilium_like_both(struct __sk_buff *skb)
{
	return filter(skb, true);
}
