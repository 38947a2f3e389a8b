/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_REPORT_H
#define POLICYC_REPORT_H

#include "maps.h"
#include "packet.h"
#include "verdict.h"

/* Word of skb->cb in which BPF_PROG_TEST_RUN's ctx_out shows the verdict word; the last, as cb belongs to others too. */
#define POLICYC_VERDICT_CB 4

static __always_inline void count(const struct __sk_buff *skb, __u32 verdict)
{
	__u32 decision = verdict & POLICYC_DECISION_MASK, none = 0;
	struct policyc_counter *counter = bpf_map_lookup_elem(&policyc_counters, &decision);

	if (unlikely(!counter)) {
		counter = bpf_map_lookup_elem(&policyc_counters, &none);
		if (!counter)
			return;
	}
	counter->packets++;
	counter->bytes += skb->len;
}

static __always_inline void send_drop_event(const struct __sk_buff *skb, const struct policyc_packet *packet,
					    __u32 verdict)
{
	bool ingress = packet->direction == POLICYC_INGRESS;
	struct policyc_event *event = bpf_ringbuf_reserve(&policyc_events, sizeof(*event), 0);

	if (!event) {
		__u32 zero = 0;
		__u64 *lost = bpf_map_lookup_elem(&policyc_events_lost, &zero);

		if (lost)
			*lost += 1;
		return;
	}
	event->time_ns = clock_ns();
	event->endpoint_id = policyc_endpoint.endpoint_id;
	event->verdict = verdict;
	event->identity = packet->identity;
	event->length = skb->len;
	event->direction = packet->direction;
	event->family = packet->family;
	event->protocol = packet->protocol;
	event->icmp_type = packet->icmp_type;
	event->source_port_be = ingress ? packet->remote_port : packet->local_port;
	event->destination_port_be = ingress ? packet->local_port : packet->remote_port;
	__builtin_memcpy(event->source, ingress ? packet->remote : packet->local, sizeof(event->source));
	__builtin_memcpy(event->destination, ingress ? packet->local : packet->remote, sizeof(event->destination));
	bpf_ringbuf_submit(event, 0);
}

/* Counts and reports the verdict, and returns the action for tc. */
static __always_inline int report(struct __sk_buff *skb, const struct policyc_packet *packet, __u32 verdict)
{
	skb->cb[POLICYC_VERDICT_CB] = verdict;
	count(skb, verdict);
	if (likely(is_allow(verdict)))
		return TC_ACT_OK;
	send_drop_event(skb, packet, verdict);
	return TC_ACT_SHOT;
}

#endif
