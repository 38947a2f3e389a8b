/* SPDX-License-Identifier: Dual BSD/GPL */
/* Parse and one conntrack lookup in an LRU hash of 16-byte keys; a packet that misses makes the entry. */
#include "common.h"

char program_license[] SEC("license") = "Dual BSD/GPL";

struct connection {
	__u32 source;
	__u32 destination;
	__u16 source_port;
	__u16 destination_port;
	__u32 protocol;
};

struct state {
	__u32 verdict;
	__u32 revision;
	__u64 expires;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 524288);
	__type(key, struct connection);
	__type(value, struct state);
} connections SEC(".maps");

SEC("tc")
int lru_lookup(struct __sk_buff *skb)
{
	struct connection key = {};
	struct state *state, created = { .verdict = 1 };
	struct flow flow;

	if (!parse_flow(skb, &flow))
		return TC_ACT_SHOT;
	key.source = flow.source;
	key.destination = flow.destination;
	key.source_port = flow.source_port;
	key.destination_port = flow.destination_port;
	key.protocol = flow.protocol;
	state = bpf_map_lookup_elem(&connections, &key);
	if (state)
		return state->verdict ? TC_ACT_OK : TC_ACT_SHOT;
	bpf_map_update_elem(&connections, &key, &created, BPF_ANY);
	return TC_ACT_OK;
}
