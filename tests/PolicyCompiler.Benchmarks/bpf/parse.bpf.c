/* SPDX-License-Identifier: Dual BSD/GPL */
/* The least that a filter does: parse the headers and return. */
#include "common.h"

char program_license[] SEC("license") = "Dual BSD/GPL";

/* Returns without looking at the packet: what the test run itself costs. */
SEC("tc")
int floor_only(struct __sk_buff *skb)
{
	return skb->len ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc")
int parse_only(struct __sk_buff *skb)
{
	struct flow flow;

	if (!parse_flow(skb, &flow))
		return TC_ACT_SHOT;
	/* Uses every field, or LLVM would not load it. */
	skb->mark = flow.source ^ flow.destination ^ flow.source_port ^ flow.destination_port ^ flow.protocol;
	return TC_ACT_OK;
}
