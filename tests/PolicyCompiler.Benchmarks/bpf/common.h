/* SPDX-License-Identifier: Dual BSD/GPL */
/* What the comparison programs share: IPv4 only, no options, no fragments, so that they do less than a real datapath. */
#ifndef COMPARISON_COMMON_H
#define COMPARISON_COMMON_H

#include "../../../bpf-templates/include/kernel.h"
#include "../../../bpf-templates/include/wire.h"

struct flow {
	__u32 source;
	__u32 destination;
	__u16 source_port;
	__u16 destination_port;
	__u8 protocol;
	__u8 tcp_flags;
};

/* Ethernet, one VLAN tag, IPv4, and the ports. Returns false for anything else. */
static __always_inline bool parse_flow(struct __sk_buff *skb, struct flow *flow)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	const struct ethernet_header *ethernet = data;
	const struct ipv4_header *ip = data + sizeof(*ethernet);
	const struct tcp_header *tcp;
	__u16 type;

	if ((void *)(ip + 1) > end)
		return false;
	type = ethernet->type;
	if (type == be16(ETHERTYPE_8021Q)) {
		type = ((const struct vlan_header *)ip)->type;
		ip = (void *)ip + sizeof(struct vlan_header);
	}
	if (type != be16(ETHERTYPE_IPV4) || (void *)(ip + 1) > end || ip->version_ihl != 0x45)
		return false;
	tcp = (void *)(ip + 1);
	if ((void *)(tcp + 1) > end)
		return false;
	flow->source = ip->source;
	flow->destination = ip->destination;
	flow->protocol = ip->protocol;
	flow->source_port = tcp->source;
	flow->destination_port = tcp->destination;
	flow->tcp_flags = tcp->flags;
	return true;
}

#endif
