/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * The steps of the connection table that must not be torn: atomic instructions, which order what lies before them
 * against what comes after; or, on kernels without, the same under a lock that all buckets of a stripe share. Only a
 * connection that opens, changes its answer, or gets a flag takes the lock; readers never do.
 */
#ifndef POLICYC_CONNTRACK_LOCK_H
#define POLICYC_CONNTRACK_LOCK_H

#include "conntrack_state.h"

#define CT_LOCKS 1024

struct ct_lock {
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CT_LOCKS);
	__type(key, __u32);
	__type(value, struct ct_lock);
} policyc_ct_locks SEC(".maps");

static __always_inline bool ct_locks(void)
{
	return policyc_alternatives & POLICYC_ALTERNATIVE_LOCKS;
}

static __always_inline struct bpf_spin_lock *ct_lock_of(__u32 bucket)
{
	__u32 stripe = bucket % CT_LOCKS;
	struct ct_lock *found = bpf_map_lookup_elem(&policyc_ct_locks, &stripe);

	return found ? &found->lock : NULL;
}

/* One critical section after the other orders the stores around them, on every architecture. */
static __always_inline void ct_order(struct bpf_spin_lock *lock)
{
	bpf_spin_lock(lock);
	bpf_spin_unlock(lock);
}

/* Writes `next` if the word is `expected`; returns whether it was. */
static __always_inline bool ct_replace(__u32 bucket, __u64 *word, __u64 expected, __u64 next)
{
	struct bpf_spin_lock *lock;
	__u64 found;

	if (!ct_locks())
		return __sync_val_compare_and_swap(word, expected, next) == expected;
	lock = ct_lock_of(bucket);
	if (!lock)
		return false;
	bpf_spin_lock(lock);
	found = *(volatile __u64 *)word;
	if (found == expected)
		*(volatile __u64 *)word = next;
	bpf_spin_unlock(lock);
	ct_order(lock);
	return found == expected;
}

/* Writes the word after all that was written before. */
static __always_inline void ct_publish(__u32 bucket, __u64 *word, __u64 value)
{
	struct bpf_spin_lock *lock;

	if (!ct_locks()) {
		__sync_lock_test_and_set(word, value);
		return;
	}
	lock = ct_lock_of(bucket);
	if (!lock)
		return;
	ct_order(lock);
	bpf_spin_lock(lock);
	*(volatile __u64 *)word = value;
	bpf_spin_unlock(lock);
}

static __always_inline void ct_set_bits(__u32 bucket, __u32 *word, __u32 bits)
{
	struct bpf_spin_lock *lock;

	if (!ct_locks()) {
		__sync_fetch_and_or(word, bits);
		return;
	}
	lock = ct_lock_of(bucket);
	if (!lock)
		return;
	bpf_spin_lock(lock);
	*(volatile __u32 *)word |= bits;
	bpf_spin_unlock(lock);
}

#endif
