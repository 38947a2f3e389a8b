/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Network policy of one endpoint, at tc on the host side of its veth pair. The compiler links the two decisions and the
 * constants in and optimises the whole; README.md says what a packet goes through, and why.
 */
#include "include/authentication.h"
#include "include/conntrack.h"
#include "include/packet.h"
#include "include/parse.h"
#include "include/proxy.h"
#include "include/related.h"
#include "include/report.h"
#include "include/tables.h"

/* Defined by the compiler: the verdict word for a connection opened in this direction. */
extern __u32 policyc_decide_ingress(struct policyc_packet *packet);
extern __u32 policyc_decide_egress(struct policyc_packet *packet);

/* Defined by the compiler: 0 if no policy selects the endpoint in either direction. */
extern const __u32 policyc_enforced;

/* Defined by the compiler: 1 if ingress from the endpoint's own node is always allowed. */
extern const __u32 policyc_node_local;

char policyc_license[] SEC("license") = "Dual BSD/GPL";

static __always_inline bool is_address(const volatile __u8 *configured, __u32 configured4, const __u64 *address,
				       __u8 family)
{
	const volatile __u64 *words = (const volatile __u64 *)configured;

	return family == 4 ? configured4 == address[0] : words[0] == address[0] && words[1] == address[1];
}

static __always_inline bool is_configured(const volatile __u8 *configured, __u32 configured4, __u8 family)
{
	const volatile __u64 *words = (const volatile __u64 *)configured;

	return family == 4 ? configured4 : words[0] | words[1];
}

static __always_inline bool is_forged(const struct policyc_packet *packet)
{
	return packet->direction == POLICYC_EGRESS &&
	       is_configured(policyc_endpoint.ipv6, policyc_endpoint.ipv4_be, packet->family) &&
	       !is_address(policyc_endpoint.ipv6, policyc_endpoint.ipv4_be, packet->local, packet->family);
}

static __always_inline bool is_from_node(const struct policyc_packet *packet)
{
	return is_configured(policyc_endpoint.node_ipv6, policyc_endpoint.node_ipv4_be, packet->family) &&
	       is_address(policyc_endpoint.node_ipv6, policyc_endpoint.node_ipv4_be, packet->remote, packet->family);
}

static __always_inline __u32 decide(struct policyc_packet *packet)
{
	if (packet->origin == POLICYC_EGRESS)
		return policyc_decide_egress(packet);
	if (policyc_node_local && is_from_node(packet))
		return fixed_allow(POLICYC_FIXED_NODE_LOCAL, POLICYC_INGRESS);
	return policyc_decide_ingress(packet);
}

/* An ICMP message that neither asks nor answers: there is no connection to follow. */
static __always_inline bool is_single_message(const struct policyc_packet *packet)
{
	return (packet->protocol == PROTOCOL_ICMP || packet->protocol == PROTOCOL_ICMPV6) &&
	       !is_echo(packet->protocol, packet->icmp_type);
}

/* The policy is asked about the request, also when it is a reply that finds the entry outdated. */
static __always_inline void ask_for_origin(struct policyc_packet *packet, __u32 origin)
{
	if (packet->origin == origin)
		return;
	packet->origin = origin;
	if (packet->protocol == PROTOCOL_ICMP)
		packet->icmp_type = ICMP_ECHO_REQUEST;
	else if (packet->protocol == PROTOCOL_ICMPV6)
		packet->icmp_type = ICMPV6_ECHO_REQUEST;
}

/* The verdict of the packet's connection, or the policy's if there is none yet; that opens one if it is an allow. */
static __always_inline __u32 follow_connection(struct policyc_packet *packet, __u32 revision)
{
	bool tracked = !is_single_message(packet);
	enum ct_result result = CT_MISS;
	struct ct_entry entry = {};
	struct ct_place place;
	__u32 now = ct_now(), verdict;

	if (unlikely(!ct_locate(packet, &place)))
		return fixed_drop(POLICYC_FIXED_CT_CREATE, packet->direction);
	if (likely(tracked) && likely(ct_read(&place, &entry)))
		result = ct_judge(&entry.state, packet, revision, now);
	if (likely(result == CT_CURRENT)) {
		if (has_feature(POLICYC_FEATURE_REDIRECTS))
			packet->origin = ct_direction(&entry.state);
		ct_refresh(&place, &entry, packet, now);
		return entry.state.answer;
	}
	if (result == CT_OUTDATED)
		ask_for_origin(packet, ct_direction(&entry.state));
	verdict = decide(packet);
	if (needs_authentication(verdict) && !is_authenticated(packet, now)) {
		/* A known connection is prolonged and stays outdated, so that its next packet asks again. */
		verdict = fixed_drop(POLICYC_FIXED_UNAUTHENTICATED, packet->origin);
		entry.state.answer = verdict;
		if (result == CT_OUTDATED)
			ct_refresh(&place, &entry, packet, now);
		return verdict;
	}
	if (result == CT_OUTDATED) {
		ct_renew(&place, &entry, ct_answer(verdict, revision));
		ct_refresh(&place, &entry, packet, now);
	} else if (tracked && is_allow(verdict)) {
		if (!ct_open(&place, &entry, packet, ct_answer(verdict, revision), now))
			return fixed_drop(POLICYC_FIXED_CT_CREATE, packet->direction);
	}
	return verdict;
}

static __always_inline __u32 classify(struct __sk_buff *skb, struct policyc_packet *packet)
{
	/* Before any table: tables newer than the revision in an entry only cause another decision. */
	__u32 revision = policyc_endpoint.revision;
	__u32 code = parse_packet(skb, packet);

	if (unlikely(code))
		return code == POLICYC_FIXED_LINK ? fixed_allow(code, packet->direction) :
						    fixed_drop(code, packet->direction);
	if (unlikely(is_forged(packet)))
		return fixed_drop(POLICYC_FIXED_INVALID_SIP, packet->direction);
	if (unlikely(is_icmp_error(packet)) && is_related(skb, packet, revision))
		return fixed_allow(POLICYC_FIXED_RELATED, packet->direction);
	return follow_connection(packet, revision);
}

static __always_inline int enforce(struct __sk_buff *skb, __u32 direction)
{
	struct policyc_packet packet = { .direction = direction, .origin = direction };
	__u32 verdict = policyc_enforced ? classify(skb, &packet) : fixed_allow(POLICYC_FIXED_NOT_ISOLATED, direction);
	bool to_proxy = false;
	int action;

	if (is_redirect(verdict) && must_see_proxy(skb, &packet)) {
		to_proxy = mark_to_proxy(skb, &packet, verdict);
		if (!to_proxy)
			verdict = fixed_drop(POLICYC_FIXED_PROXY_MISSING, direction);
	}
	action = report(skb, &packet, verdict);
	/* The stack that delivers to the proxy lies behind us: the packet goes in again, past policyc_from_endpoint. */
	return to_proxy && direction == POLICYC_INGRESS ? bpf_redirect(skb->ifindex, BPF_F_INGRESS) : action;
}

SEC("tc")
int policyc_from_endpoint(struct __sk_buff *skb)
{
	/* Sent back by policyc_to_endpoint, which has counted it. Its frame is not addressed to this interface. */
	if (has_feature(POLICYC_FEATURE_REDIRECTS) && is_marked_to_proxy(skb)) {
		bpf_skb_change_type(skb, PACKET_HOST);
		return TC_ACT_OK;
	}
	return enforce(skb, POLICYC_EGRESS);
}

SEC("tc")
int policyc_to_endpoint(struct __sk_buff *skb)
{
	return enforce(skb, POLICYC_INGRESS);
}
