/* SPDX-License-Identifier: Dual BSD/GPL */
/* The life of one connection. */
#ifndef POLICYC_CONNTRACK_STATE_H
#define POLICYC_CONNTRACK_STATE_H

#include "packet.h"
#include "wire.h"

#define CT_LIFETIME(seconds) ((__u32)(((seconds) * 1000000000ull >> POLICYC_CT_TIME_SHIFT) + 1))

enum ct_result {
	CT_MISS,                /* no entry, an expired one, or one that this packet starts anew */
	CT_CURRENT,             /* the entry's verdict is of the endpoint's revision */
	CT_OUTDATED,
};

static __always_inline __u32 ct_now(void)
{
	/* The coarse clock is a load; the exact one reads the hardware, for 25 ns. */
	return bpf_ktime_get_coarse_ns() >> POLICYC_CT_TIME_SHIFT;
}

static __always_inline bool ct_is_alive(const struct policyc_ct_state *state, __u32 now)
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
 * Flags after a packet. An established connection is one whose originator has seen an answer, so that neither a flood
 * of SYNs nor of SYNs that are answered to a forged address makes entries that stay for long.
 */
static __always_inline __u32 ct_flags(__u32 flags, bool reply, __u32 tcp_flags)
{
	if (reply)
		flags |= POLICYC_CT_REPLIED;
	else if (flags & POLICYC_CT_REPLIED && (tcp_flags & (TCP_ACK | TCP_SYN)) == TCP_ACK)
		flags |= POLICYC_CT_ESTABLISHED;
	if (tcp_flags & TCP_FIN)
		flags |= reply ? POLICYC_CT_FIN_REPLY : POLICYC_CT_FIN_ORIGINAL;
	if (tcp_flags & TCP_RST)
		flags |= POLICYC_CT_RESET;
	return flags;
}

/* A SYN opens a new connection where the entry is of one that has ended or been revoked. */
static __always_inline bool ct_starts_anew(const struct policyc_ct_state *state, const struct policyc_packet *packet)
{
	return packet->protocol == PROTOCOL_TCP && (packet->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN &&
	       (ct_is_closed(state->flags) || !is_allow(state->verdict));
}

/* Writes only what changes: most packets of a connection change nothing. Packets that are dropped prolong a tombstone. */
static __always_inline void ct_refresh(struct policyc_ct_state *state, const struct policyc_packet *packet, __u32 now)
{
	__u32 flags = state->flags, expires;

	if (is_allow(state->verdict))
		flags = ct_flags(flags, packet->direction != state->direction, packet->tcp_flags);
	expires = now + ct_lifetime(packet->protocol, flags);
	if (flags != state->flags)
		state->flags = flags;
	if (expires != state->expires)
		state->expires = expires;
}

/* Compares an entry with a packet of its connection; called under the bucket's lock. */
static __always_inline enum ct_result ct_take(struct policyc_ct_state *state, const struct policyc_packet *packet,
					      __u32 revision, __u32 now, struct policyc_ct_state *found)
{
	if (!ct_is_alive(state, now) || ct_starts_anew(state, packet))
		return CT_MISS;
	*found = *state;
	if (state->revision != revision)
		return CT_OUTDATED;
	ct_refresh(state, packet, now);
	return CT_CURRENT;
}

/* The entry of a connection that `packet` opens. */
static __always_inline struct policyc_ct_state ct_open(const struct policyc_packet *packet, __u32 verdict,
						       __u32 revision, __u32 now)
{
	__u32 flags = ct_flags(0, false, packet->tcp_flags);
	struct policyc_ct_state state = {
		.verdict = verdict,
		.revision = revision,
		.expires = now + ct_lifetime(packet->protocol, flags),
		.direction = packet->direction,
		.flags = flags,
	};

	return state;
}

#endif
