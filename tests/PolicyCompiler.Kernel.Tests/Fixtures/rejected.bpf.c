/* SPDX-License-Identifier: Dual BSD/GPL */
/* Programs that the verifier refuses, one for each REASON. */
#include "fixture.h"

struct {
	__uint(type, 2 /* BPF_MAP_TYPE_ARRAY */);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 4);
} table SEC(".maps");

SEC("tc")
int policyc_from_endpoint(struct __sk_buff *skb)
{
	return TC_ACT_OK;
}

SEC("tc")
int policyc_to_endpoint(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	__u32 *value = bpf_map_lookup_elem(&table, &key);

	/* The compiler gives generated code the policy's file and line in the same way. */
#if REASON == 1
#line 14 "policies/web/allow.yaml"
	return *value;
#elif REASON == 2
#line 15 "policies/web/allow.yaml"
	return *((__u8 *)(long)skb->data + 60);
#elif REASON == 3
	if (value) {
#line 16 "policies/web/allow.yaml"
		asm volatile("%[value] += %[key]" : [value] "+r"(value) : [key] "r"((__u64)key));
		return *value;
	}
#elif REASON == 4
#line 10 "policies/web/allow.yaml"
	while (key)
		asm volatile("" ::: "memory");
	return value ? TC_ACT_SHOT : TC_ACT_OK;
#endif
	return TC_ACT_OK;
}
