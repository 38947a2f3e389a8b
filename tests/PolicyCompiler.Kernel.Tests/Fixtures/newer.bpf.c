/* SPDX-License-Identifier: Dual BSD/GPL */
/* Programs that older kernels refuse, one for each REASON. */
#include "fixture.h"

struct bpf_dynptr {
	__u64 opaque[2];
} __attribute__((aligned(8)));

extern int bpf_dynptr_from_skb(struct __sk_buff *skb, __u64 flags, struct bpf_dynptr *ptr) __attribute__((section(".ksyms")));

SEC("tc")
int policyc_from_endpoint(struct __sk_buff *skb)
{
	return TC_ACT_OK;
}

SEC("tc")
int policyc_to_endpoint(struct __sk_buff *skb)
{
#if REASON == 1
	/* A kernel function of 6.4. */
	struct bpf_dynptr packet;

	return bpf_dynptr_from_skb(skb, 0, &packet) ? TC_ACT_SHOT : TC_ACT_OK;
#elif REASON == 2
	/* A helper of 5.18. */
	return bpf_skb_set_tstamp(skb, 0, 0) ? TC_ACT_SHOT : TC_ACT_OK;
#else
	/* An instruction of 6.6: signed division (compiled for cpu v4). */
	return (int)skb->mark / (int)(skb->len | 1) > 7 ? TC_ACT_SHOT : TC_ACT_OK;
#endif
}
