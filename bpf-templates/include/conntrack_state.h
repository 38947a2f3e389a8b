/* SPDX-License-Identifier: Dual BSD/GPL */
/* The life of one connection. */
#ifndef POLICYC_CONNTRACK_STATE_H
#define POLICYC_CONNTRACK_STATE_H

#include "maps.h"
#include "packet.h"
#include "verdict.h"
#include "wire.h"

#define CT_LIFETIME(seconds) ((__u32)(((seconds) * 1000000000ull >> POLICYC_CT_TIME_SHIFT) + 1))

/* What the table says of a connection. */
struct ct_state {
	__u64 answer;
	__u32 expires;
	__u32 flags;
};

enum ct_result {
	CT_MISS,                /* no entry, an expired one, or one that this packet starts anew */
	CT_CURRENT,             /* the entry's verdict is of the endpoint's revision */
	CT_OUTDATED,
};

/*
 * Reading even the coarse clock costs 15 ns, as much as a lookup; jiffies cost nothing, but BPF does not know how long
 * one is. So the clock is read once a jiffy. CPUs that do it at the same time write the same.
 */
static __always_inline __u32 ct_now(void)
{
	__u64 clock = policyc_clock, jiffies = bpf_jiffies64();

	if (unlikely(clock >> 32 != (__u32)jiffies)) {
		clock = jiffies << 32 | (__u32)(clock_ns() >> POLICYC_CT_TIME_SHIFT);
		policyc_clock = clock;
	}
	return clock;
}

static __always_inline __u64 ct_answer(__u32 verdict, __u32 revision)
{
	return verdict | (__u64)revision << 32;
}

static __always_inline __u32 ct_direction(const struct ct_state *state)
{
	return state->flags & POLICYC_CT_EGRESS ? POLICYC_EGRESS : POLICYC_INGRESS;
}

static __always_inline bool ct_is_alive(const struct ct_state *state, __u32 now)
{
	return now < state->expires;
}

static __always_inline bool ct_is_closed(__u32 flags)
{
	const __u32 both = POLICYC_CT_FIN_ORIGINAL | POLICYC_CT_FIN_REPLY;

	return flags & POLICYC_CT_RESET || (flags & both) == both;
}

static __always_inline __u32 ct_lifetime(__u8 protocol, __u32 flags)
{
	if (protocol != PROTOCOL_TCP)
		return CT_LIFETIME(60);
	if (ct_is_closed(flags))
		return CT_LIFETIME(10);
	return flags & POLICYC_CT_ESTABLISHED ? CT_LIFETIME(8000) : CT_LIFETIME(60);
}

/*
 * What a packet adds to the flags. An established connection is one whose originator has seen an answer, so that neither
 * a flood of SYNs nor one of SYNs that are answered to a forged address makes entries that stay for long.
 */
static __always_inline __u32 ct_new_flags(__u32 flags, bool reply, __u32 tcp_flags)
{
	__u32 added = 0;

	if (reply)
		added |= POLICYC_CT_REPLIED;
	else if (flags & POLICYC_CT_REPLIED && (tcp_flags & (TCP_ACK | TCP_SYN)) == TCP_ACK)
		added |= POLICYC_CT_ESTABLISHED;
	if (tcp_flags & TCP_FIN)
		added |= reply ? POLICYC_CT_FIN_REPLY : POLICYC_CT_FIN_ORIGINAL;
	if (tcp_flags & TCP_RST)
		added |= POLICYC_CT_RESET;
	return added & ~flags;
}

/* A SYN opens a new connection where the entry is of one that has ended or been revoked. */
static __always_inline bool ct_starts_anew(const struct ct_state *state, const struct policyc_packet *packet)
{
	return packet->protocol == PROTOCOL_TCP && (packet->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN &&
	       (ct_is_closed(state->flags) || !is_allow(state->answer));
}

static __always_inline enum ct_result ct_judge(const struct ct_state *state, const struct policyc_packet *packet,
					       __u32 revision, __u32 now)
{
	if (!ct_is_alive(state, now) || ct_starts_anew(state, packet))
		return CT_MISS;
	return state->answer >> 32 == revision ? CT_CURRENT : CT_OUTDATED;
}

#endif
