/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * A small object with the parts of the real one that the loader handles: shared maps of every kind, per-instance
 * configuration in .data, counters, drop events, and the verdict word in cb[4].
 */
#include "fixture.h"

struct {
	__uint(type, 2 /* BPF_MAP_TYPE_ARRAY */);
	__type(key, __u32);
	__type(value, struct policyc_page);
	__uint(max_entries, 1);
} policyc_pages SEC(".maps");

struct {
	__uint(type, 1 /* BPF_MAP_TYPE_HASH */);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 1);
} policyc_ipcache4 SEC(".maps");

struct {
	__uint(type, 11 /* BPF_MAP_TYPE_LPM_TRIE */);
	__uint(map_flags, 1 /* BPF_F_NO_PREALLOC */);
	__type(key, struct policyc_prefix4);
	__type(value, __u32);
	__uint(max_entries, 1);
} policyc_prefix4 SEC(".maps");

struct {
	__uint(type, 6 /* BPF_MAP_TYPE_PERCPU_ARRAY */);
	__type(key, __u32);
	__type(value, struct policyc_counter);
	__uint(max_entries, 128);
} policyc_counters SEC(".maps");

struct {
	__uint(type, 27 /* BPF_MAP_TYPE_RINGBUF */);
	__uint(max_entries, 65536);
} policyc_events SEC(".maps");

struct policyc_endpoint policyc_endpoint = { .endpoint_id = 1 };

static __always_inline void count(struct __sk_buff *skb, __u32 verdict)
{
	__u32 decision = verdict & POLICYC_DECISION_MASK;
	struct policyc_counter *counter = bpf_map_lookup_elem(&policyc_counters, &decision);

	if (counter) {
		counter->packets++;
		counter->bytes += skb->len;
	}
	skb->cb[4] = verdict;
}

/* Allows everything, under the endpoint's revision as the decision. */
SEC("tc")
int policyc_from_endpoint(struct __sk_buff *skb)
{
	count(skb, ALLOW | policyc_endpoint.revision);
	return TC_ACT_OK;
}

/* Takes the verdict from the page named in the configuration, at the slot that the ipcache gives for the source. */
SEC("tc")
int policyc_to_endpoint(struct __sk_buff *skb)
{
	__u32 page_number = policyc_endpoint.policy[POLICYC_INGRESS].identity_root;
	struct policyc_prefix4 prefix = { .prefix_length = 32 };
	struct policyc_page *page;
	struct policyc_event *event;
	__u32 verdict = 0, address, *identity;

	if (bpf_skb_load_bytes(skb, 26, &address, sizeof(address)) == 0) {
		__builtin_memcpy(prefix.address, &address, sizeof(address));
		identity = bpf_map_lookup_elem(&policyc_ipcache4, &address);
		if (!identity)
			identity = bpf_map_lookup_elem(&policyc_prefix4, &prefix);
		page = bpf_map_lookup_elem(&policyc_pages, &page_number);
		if (identity) {
			__u32 slot = *identity;

			if (page)
				verdict = page->slot[slot & (POLICYC_PAGE_SLOTS - 1)];
		}
	}
	count(skb, verdict);
	if (verdict >> POLICYC_ACTION_SHIFT == POLICYC_ACTION_ALLOW)
		return TC_ACT_OK;

	event = bpf_ringbuf_reserve(&policyc_events, sizeof(*event), 0);
	if (event) {
		__builtin_memset(event, 0, sizeof(*event));
		event->endpoint_id = policyc_endpoint.endpoint_id;
		event->verdict = verdict;
		event->length = skb->len;
		event->family = 4;
		event->protocol = 6;
		event->source_port_be = __builtin_bswap16(1234);
		event->destination_port_be = __builtin_bswap16(80);
		bpf_skb_load_bytes(skb, 26, event->source, 4);
		bpf_skb_load_bytes(skb, 30, event->destination, 4);
		bpf_ringbuf_submit(event, 0);
	}
	return TC_ACT_SHOT;
}
