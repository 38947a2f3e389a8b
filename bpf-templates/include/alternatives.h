/* SPDX-License-Identifier: Dual BSD/GPL */
/* What stands in for features that the target kernel lacks (docs/kernel-features.md). */
#ifndef POLICYC_ALTERNATIVES_H
#define POLICYC_ALTERNATIVES_H

#include "kernel.h"

#define POLICYC_ALTERNATIVE_LOCKS 1     /* before 5.12: locks for atomic operations that return the old value */
#define POLICYC_ALTERNATIVE_CLOCK 2     /* before 5.11: the exact clock for the coarse one, which is faster to read */

/* Defined by the compiler: POLICYC_ALTERNATIVE_*. */
extern const __u32 policyc_alternatives;

/* CLOCK_MONOTONIC. */
static __always_inline __u64 clock_ns(void)
{
	return policyc_alternatives & POLICYC_ALTERNATIVE_CLOCK ? bpf_ktime_get_ns() : bpf_ktime_get_coarse_ns();
}

#endif
