/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Connections that a proxy on the node has to read. A mark takes their packets there; marks are those of Cilium
 * (bpf/lib/common.h), so that its proxies and the rules that serve them can be used. An endpoint cannot set a mark: the
 * kernel clears it where a packet crosses from one network namespace to another.
 */
#ifndef POLICYC_PROXY_H
#define POLICYC_PROXY_H

#include "maps.h"
#include "packet.h"
#include "verdict.h"
#include "wire.h"

#define MARK_TO_PROXY 0x0200            /* in the lower half; the upper half is the proxy's port */
#define MARK_TO_PROXY_MASK 0xffff
#define MARK_FROM_INGRESS_PROXY 0x0a00
#define MARK_FROM_EGRESS_PROXY 0x0b00
#define MARK_FROM_PROXY_MASK 0x0f00

static __always_inline bool is_marked_to_proxy(const struct __sk_buff *skb)
{
	return (skb->mark & MARK_TO_PROXY_MASK) == MARK_TO_PROXY;
}

/*
 * Replies come from the proxy or are on the way to it by themselves. What the proxy of a direction sends has been read;
 * what the one of the other direction sends has not, by this endpoint's policy.
 */
static __always_inline bool must_see_proxy(const struct __sk_buff *skb, const struct policyc_packet *packet)
{
	__u32 seen = packet->direction == POLICYC_INGRESS ? MARK_FROM_INGRESS_PROXY : MARK_FROM_EGRESS_PROXY;

	return packet->direction == packet->origin && (skb->mark & MARK_FROM_PROXY_MASK) != seen;
}

/*
 * Marks a packet for the decision's proxy. Returns false if none listens, none could read the protocol, or the packet has
 * been sent to one and nothing took it off the stack.
 */
static __always_inline bool mark_to_proxy(struct __sk_buff *skb, const struct policyc_packet *packet, __u32 verdict)
{
	__u32 decision = verdict & POLICYC_DECISION_MASK;
	const struct policyc_proxy *proxy;
	__u16 port;

	if (packet->protocol != PROTOCOL_TCP && packet->protocol != PROTOCOL_UDP)
		return false;
	proxy = bpf_map_lookup_elem(&policyc_proxies, &decision);
	if (!proxy || is_marked_to_proxy(skb))
		return false;
	/* Once, as it may change. */
	port = *(const volatile __u16 *)&proxy->port_be;
	if (!port)
		return false;
	skb->mark = (__u32)port << 16 | MARK_TO_PROXY;
	return true;
}

#endif
