/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Connection table: an array of buckets of POLICYC_CT_WAYS ways, so that opening a connection costs little more than
 * finding one. A full bucket gives up the connection that would expire first: unanswered ones go before established
 * ones, so a flood of new connections does not push out those that are in use.
 *
 * There is no lock to wait for. A way changes hands, or gets another answer, by a compare-and-swap of its version to an
 * odd one and a second step to the next even one; a reader that finds the version changed has read nothing. Expiry and
 * flags are written without: if the way has just changed hands, its new connection gets a lifetime that is not its own
 * until its next packet, and never another one's answer. Two CPUs that open one connection at the same time may both
 * make an entry; each is right for the revision in it, the first way of the two counts, the other expires.
 */
#ifndef POLICYC_CONNTRACK_H
#define POLICYC_CONNTRACK_H

#include "conntrack_lock.h"

/* An attempt fails if another CPU takes the very way in the nanoseconds between choosing and claiming it. */
#define CT_OPEN_ATTEMPTS 4

/* Where the entry of a packet's connection is, or would be. */
struct ct_place {
	struct policyc_ct_bucket *bucket;
	__u32 index;            /* of the bucket */
	struct policyc_ct_key key;
	__u64 tag;              /* in the upper half, as in a version */
};

/* The way that has the tag, as it was read; if none has, the way to give to the connection. */
struct ct_entry {
	struct ct_state state;
	__u64 version;
	__u32 way;
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

static __always_inline void ct_key_of(const struct policyc_packet *packet, struct policyc_ct_key *key)
{
	key->endpoint_protocol = policyc_endpoint.endpoint_id << 8 | packet->protocol;
	key->local_port_be = packet->local_port;
	key->remote_port_be = packet->remote_port;
	copy_address(key->local_be, packet->local);
	copy_address(key->remote_be, packet->remote);
}

/* By the key of the place. Returns false if there is no such bucket: the layout does not fit the map. */
static __always_inline bool ct_find(struct ct_place *place)
{
	__u64 hash = ct_hash(&place->key);

	place->tag = (hash | 1) << 32;
	place->index = (hash >> 32) * policyc_ct_layout.buckets >> 32;
	place->bucket = bpf_map_lookup_elem(&policyc_conntrack, &place->index);
	return place->bucket;
}

static __always_inline bool ct_locate(const struct policyc_packet *packet, struct ct_place *place)
{
	ct_key_of(packet, &place->key);
	return ct_find(place);
}

/*
 * The pointer, which the processor cannot use before it has the value: a dependency orders loads on every architecture,
 * and BPF has had no cheaper way to say it before Linux 6.15.
 */
static __always_inline const volatile void *ct_after(const volatile void *pointer, __u64 value)
{
	__u64 none = 0;

	/* The verifier knows that it is 0, LLVM does not. */
	barrier_var(none);
	return pointer + (value & none);
}

/*
 * Chooses the way that would expire first; a free one has never been set to. Its entry is loaded as well, for the
 * caches: it is going to be written after the policy was asked, and memory takes longer than that.
 */
static __always_inline void ct_choose(const struct ct_place *place, struct ct_entry *entry)
{
	const struct policyc_ct_bucket *bucket = place->bucket;
	__u32 earliest = bucket->expires[0], way = 0;
	const volatile __u64 *words;

#pragma unroll
	for (__u32 i = 1; i < POLICYC_CT_WAYS; i++) {
		if (bucket->expires[i] >= earliest)
			continue;
		earliest = bucket->expires[i];
		way = i;
	}
	entry->way = forget(way) % POLICYC_CT_WAYS;
	entry->version = *(const volatile __u64 *)&bucket->version[entry->way];
	words = (const volatile __u64 *)&bucket->entry[entry->way];
	(void)words[0];
	(void)words[sizeof(struct policyc_ct_entry) / sizeof(*words) - 1];
}

/* Finds the way that has the tag. Returns whether it has the key as well, and was read without being changed. */
static __always_inline bool ct_read(const struct ct_place *place, struct ct_entry *entry)
{
	const volatile __u64 *versions = place->bucket->version, *words, *key = (const __u64 *)&place->key;
	const volatile __u32 *expires, *flags;
	__u32 found = POLICYC_CT_WAYS;
	__u64 difference;

#pragma unroll
	for (__u32 way = 0; way < POLICYC_CT_WAYS; way++) {
		entry->version = versions[way];
		if ((entry->version ^ place->tag) >> 32)
			continue;
		found = way;
		break;
	}
	if (found == POLICYC_CT_WAYS) {
		ct_choose(place, entry);
		return false;
	}
	entry->way = forget(found) % POLICYC_CT_WAYS;
	words = ct_after(&place->bucket->entry[entry->way], entry->version);
	expires = ct_after(&place->bucket->expires[entry->way], entry->version);
	flags = ct_after(&place->bucket->flags[entry->way], entry->version);
	entry->state.answer = words[0];
	entry->state.expires = *expires;
	entry->state.flags = *flags;
	difference = (words[1] ^ key[0]) | (words[2] ^ key[1]) | (words[3] ^ key[2]) | (words[4] ^ key[3]) |
		     (words[5] ^ key[4]);
	versions = ct_after(&versions[entry->way], difference | entry->state.answer | entry->state.expires |
							   entry->state.flags);
	return !difference && *versions == entry->version;
}

/* Notes what a packet does to its connection: mostly nothing. A packet that is dropped prolongs a tombstone. */
static __always_inline void ct_refresh(const struct ct_place *place, const struct ct_entry *entry,
				       const struct policyc_packet *packet, __u32 now)
{
	struct policyc_ct_bucket *bucket = place->bucket;
	__u32 added = 0, expires;

	if (is_allow(entry->state.answer))
		added = ct_new_flags(entry->state.flags, packet->direction != ct_direction(&entry->state),
				     packet->tcp_flags);
	if (unlikely(added))
		ct_set_bits(place->index, &bucket->flags[entry->way], added);
	expires = now + ct_lifetime(packet->protocol, entry->state.flags | added);
	if (unlikely(expires != entry->state.expires))
		bucket->expires[entry->way] = expires;
}

static __always_inline bool ct_claim(const struct ct_place *place, __u32 way, __u64 version, __u64 claimed)
{
	return !(version & 1) &&
	       ct_replace(place->index, &place->bucket->version[way], version, claimed);
}

static __always_inline void ct_release(const struct ct_place *place, __u32 way, __u64 version)
{
	ct_publish(place->index, &place->bucket->version[way], version);
}

/* Gives a connection the answer of the current revision. If another CPU is at it, its answer will do. */
static __always_inline void ct_renew(const struct ct_place *place, struct ct_entry *entry, __u64 answer)
{
	entry->state.answer = answer;
	if (!ct_claim(place, entry->way, entry->version, entry->version | 1))
		return;
	place->bucket->entry[entry->way].answer = answer;
	ct_release(place, entry->way, entry->version + 2);
}

/* Makes the entry of a connection that `packet` opens, in the way of `entry`. Returns false if it cannot. */
static __always_inline bool ct_open(const struct ct_place *place, const struct ct_entry *entry,
				    const struct policyc_packet *packet, __u64 answer, __u32 now)
{
	__u32 flags = packet->direction == POLICYC_EGRESS ? POLICYC_CT_EGRESS : 0, way = entry->way;
	struct policyc_ct_bucket *bucket = place->bucket;
	__u64 version = entry->version;

	flags |= ct_new_flags(flags, false, packet->tcp_flags);
#pragma nounroll
	for (int attempt = 0; attempt < CT_OPEN_ATTEMPTS; attempt++) {
		if (unlikely(!ct_claim(place, way, version, (__u32)version | 1))) {
			way = (way + 1) % POLICYC_CT_WAYS;
			version = *(volatile __u64 *)&bucket->version[way];
			continue;
		}
		bucket->expires[way] = now + ct_lifetime(packet->protocol, flags);
		bucket->flags[way] = flags;
		bucket->entry[way].answer = answer;
		bucket->entry[way].key = place->key;
		ct_release(place, way, place->tag | (__u32)(version + 2));
		return true;
	}
	return false;
}

#endif
