/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Stands in for the compiler: a decision of two-level identity trie, three-level port trie and row, whose roots come from
 * the endpoint's configuration.
 */
#include "../include/packet.h"

__u32 policyc_identity(struct policyc_packet *packet);
__u32 policyc_port_key(struct policyc_packet *packet);
__u32 policyc_slot(__u32 page, __u32 index);
__u32 policyc_root(__u32 direction, __u32 which);

const __u32 policyc_enforced = 1;
const __u32 policyc_ipcache_shape = 15;
const __u32 policyc_node_local = 1;
const __u32 policyc_features = 3;
const __u32 policyc_alternatives = 0;

static __always_inline __u32 decide(struct policyc_packet *packet, __u32 direction)
{
	__u32 identity = policyc_identity(packet), port = policyc_port_key(packet);
	__u32 row = policyc_slot(policyc_slot(policyc_root(direction, 0), identity >> 6), identity);
	__u32 column = policyc_slot(policyc_slot(policyc_slot(policyc_root(direction, 1), port >> 12), port >> 6), port);

	return policyc_slot(row, column);
}

__attribute__((always_inline)) __u32 policyc_decide_ingress(struct policyc_packet *packet)
{
	return decide(packet, POLICYC_INGRESS);
}

__attribute__((always_inline)) __u32 policyc_decide_egress(struct policyc_packet *packet)
{
	return decide(packet, POLICYC_EGRESS);
}
