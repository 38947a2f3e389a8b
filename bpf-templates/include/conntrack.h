/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Connection table: buckets of POLICYC_CT_WAYS ways under a lock of their own, so that creating a connection costs no
 * more than finding one. A full bucket gives up the connection that would expire first: unanswered ones go before
 * established ones, so a flood of new connections does not push out those that are in use.
 *
 * Entries are read and written under the lock only. The lock is not held while the policy is asked, so two CPUs may
 * decide about one connection at the same time; either answer is right for the revision that is stored with it.
 */
#ifndef POLICYC_CONNTRACK_H
#define POLICYC_CONNTRACK_H

#include "conntrack_state.h"
#include "maps.h"
#include "packet.h"

/* Where the entry of a packet's connection is, or would be. */
struct ct_place {
	struct policyc_ct_bucket *bucket;
	struct policyc_ct_key key;
	__u32 tag;
};

/*
 * NH (RFC 4418, 5.2): with secret seeds any two keys collide with a probability of 2^-32, for one multiplication per two
 * words. The last multiplication spreads the sum over the upper half, which picks the bucket.
 */
static __always_inline __u64 ct_hash(const struct policyc_ct_key *key)
{
	const __u64 *words = (const __u64 *)key;
	__u64 sum = 0;

#pragma unroll
	for (__u32 i = 0; i < sizeof(*key) / sizeof(*words); i++) {
		__u32 low = words[i], high = words[i] >> 32;

		low += policyc_ct_layout.seed[2 * i];
		high += policyc_ct_layout.seed[2 * i + 1];
		sum += (__u64)low * high;
	}
	return sum * policyc_ct_layout.multiplier;
}

/* Returns false if there is no such bucket: the layout does not fit the map. */
static __always_inline bool ct_locate(const struct policyc_packet *packet, struct ct_place *place)
{
	__u64 hash;
	__u32 index;

	place->key.endpoint_protocol = policyc_endpoint.endpoint_id << 8 | packet->protocol;
	place->key.local_port_be = packet->local_port;
	place->key.remote_port_be = packet->remote_port;
	place->key.local_be[0] = packet->local[0] | (__u64)packet->local[1] << 32;
	place->key.local_be[1] = packet->local[2] | (__u64)packet->local[3] << 32;
	place->key.remote_be[0] = packet->remote[0] | (__u64)packet->remote[1] << 32;
	place->key.remote_be[1] = packet->remote[2] | (__u64)packet->remote[3] << 32;
	hash = ct_hash(&place->key);
	place->tag = (__u32)hash | 1;
	index = (hash >> 32) * policyc_ct_layout.buckets >> 32;
	place->bucket = bpf_map_lookup_elem(&policyc_conntrack, &index);
	return place->bucket;
}

static __always_inline bool ct_same_key(const struct policyc_ct_key *left, const struct policyc_ct_key *right)
{
	const __u64 *a = (const __u64 *)left, *b = (const __u64 *)right;

	return a[0] == b[0] && a[4] == b[4] && a[3] == b[3] && a[2] == b[2] && a[1] == b[1];
}

/*
 * The way that has the tag, or POLICYC_CT_WAYS. A bucket never has a tag twice: a connection whose tag equals another
 * one's, one pair in two billion, takes its way.
 */
static __always_inline __u32 ct_way(const struct ct_place *place)
{
#pragma unroll
	for (__u32 way = 0; way < POLICYC_CT_WAYS; way++)
		if (place->bucket->tag[way] == place->tag)
			return way;
	return POLICYC_CT_WAYS;
}

/* The entry of the connection, or NULL. */
static __always_inline struct policyc_ct_state *ct_entry(const struct ct_place *place)
{
	__u32 way = ct_way(place);

	if (way == POLICYC_CT_WAYS || !ct_same_key(&place->bucket->key[way], &place->key))
		return NULL;
	return &place->bucket->state[way];
}

/* The way to give to a new connection: a free way has never been set to expire, so it comes first. */
static __always_inline __u32 ct_victim(const struct policyc_ct_bucket *bucket)
{
	__u32 earliest = bucket->state[0].expires, victim = 0;

#pragma unroll
	for (__u32 way = 1; way < POLICYC_CT_WAYS; way++) {
		if (bucket->state[way].expires >= earliest)
			continue;
		earliest = bucket->state[way].expires;
		victim = way;
	}
	return victim;
}

/* Looks a packet's connection up and notes what the packet does to it. `found` is set unless the result is CT_MISS. */
static __always_inline enum ct_result ct_find(const struct ct_place *place, const struct policyc_packet *packet,
					      __u32 revision, __u32 now, struct policyc_ct_state *found)
{
	enum ct_result result = CT_MISS;
	struct policyc_ct_state *state;

	bpf_spin_lock(&place->bucket->lock);
	state = ct_entry(place);
	if (state)
		result = ct_take(state, packet, revision, now, found);
	bpf_spin_unlock(&place->bucket->lock);
	return result;
}

/* Whether the current policy is known to allow the connection; changes nothing. */
static __always_inline bool ct_is_known(const struct ct_place *place, __u32 revision, __u32 now)
{
	const struct policyc_ct_state *state;
	bool known = false;

	bpf_spin_lock(&place->bucket->lock);
	state = ct_entry(place);
	if (state)
		known = ct_is_alive(state, now) && state->revision == revision && is_allow(state->verdict);
	bpf_spin_unlock(&place->bucket->lock);
	return known;
}

/* Writes the entry, in the place of whatever the table knows about the connection. */
static __always_inline void ct_store(const struct ct_place *place, const struct policyc_ct_state *state)
{
	struct policyc_ct_bucket *bucket = place->bucket;
	__u32 way;

	bpf_spin_lock(&bucket->lock);
	way = ct_way(place);
	if (way == POLICYC_CT_WAYS)
		way = ct_victim(bucket);
	bucket->tag[way] = place->tag;
	bucket->key[way] = place->key;
	bucket->state[way] = *state;
	bpf_spin_unlock(&bucket->lock);
}

#endif
