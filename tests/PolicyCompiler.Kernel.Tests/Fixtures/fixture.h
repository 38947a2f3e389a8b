/* SPDX-License-Identifier: Dual BSD/GPL */
/* What the fixture programs share: the datapath's layouts, without its code. */
#include <linux/types.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include "policyc_abi.h"

/* As in linux/bpf.h, up to the members that are used. */
struct __sk_buff {
	__u32 len;
	__u32 pkt_type;
	__u32 mark;
	__u32 queue_mapping;
	__u32 protocol;
	__u32 vlan_present;
	__u32 vlan_tci;
	__u32 vlan_proto;
	__u32 priority;
	__u32 ingress_ifindex;
	__u32 ifindex;
	__u32 tc_index;
	__u32 cb[5];
	__u32 hash;
	__u32 tc_classid;
	__u32 data;
	__u32 data_end;
};

#define TC_ACT_OK 0
#define TC_ACT_SHOT 2
#define ALLOW (POLICYC_ACTION_ALLOW << POLICYC_ACTION_SHIFT)

char _license[] SEC("license") = "Dual BSD/GPL";
