/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_VERDICT_H
#define POLICYC_VERDICT_H

#include "alternatives.h"
#include "policyc_abi.h"

#define POLICYC_FEATURE_REDIRECTS 1
#define POLICYC_FEATURE_AUTHENTICATES 2

/*
 * Defined by the compiler: which actions the decisions can answer besides drop and allow, POLICYC_FEATURE_*. What a
 * program has no code for drops, so a table that does not belong to it cannot open what it should only redirect.
 */
extern const __u32 policyc_features;

static __always_inline bool has_feature(__u32 features)
{
	return (policyc_features & features) == features;
}

static __always_inline __u32 verdict_word(__u32 action, __u32 decision)
{
	return action << POLICYC_ACTION_SHIFT | decision;
}

/* Whether the connection may go on, if only through a proxy or because its ends have authenticated. */
static __always_inline bool is_allow(__u32 verdict)
{
	switch (verdict >> POLICYC_ACTION_SHIFT) {
	case POLICYC_ACTION_ALLOW:
		return true;
	case POLICYC_ACTION_REDIRECT:
		return has_feature(POLICYC_FEATURE_REDIRECTS);
	case POLICYC_ACTION_AUTHENTICATE:
		return has_feature(POLICYC_FEATURE_AUTHENTICATES);
	case POLICYC_ACTION_REDIRECT_AUTHENTICATED:
		return has_feature(POLICYC_FEATURE_REDIRECTS | POLICYC_FEATURE_AUTHENTICATES);
	default:
		return false;
	}
}

static __always_inline bool is_redirect(__u32 verdict)
{
	__u32 action = verdict >> POLICYC_ACTION_SHIFT;

	return has_feature(POLICYC_FEATURE_REDIRECTS) && is_allow(verdict) &&
	       (action == POLICYC_ACTION_REDIRECT || action == POLICYC_ACTION_REDIRECT_AUTHENTICATED);
}

static __always_inline bool needs_authentication(__u32 verdict)
{
	__u32 action = verdict >> POLICYC_ACTION_SHIFT;

	return has_feature(POLICYC_FEATURE_AUTHENTICATES) && is_allow(verdict) &&
	       (action == POLICYC_ACTION_AUTHENTICATE || action == POLICYC_ACTION_REDIRECT_AUTHENTICATED);
}

static __always_inline __u32 fixed_allow(__u32 code, __u32 direction)
{
	return verdict_word(POLICYC_ACTION_ALLOW, code * 2 + direction);
}

static __always_inline __u32 fixed_drop(__u32 code, __u32 direction)
{
	return verdict_word(POLICYC_ACTION_DROP, code * 2 + direction);
}

#endif
