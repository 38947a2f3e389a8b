/* SPDX-License-Identifier: Dual BSD/GPL */
/* Whether an endpoint and an identity have authenticated each other, as the agent notes after their handshake. */
#ifndef POLICYC_AUTHENTICATION_H
#define POLICYC_AUTHENTICATION_H

#include "maps.h"
#include "packet.h"
#include "tables.h"

/* Looks the identity up also where the decision did not: the drop event tells the agent whom the handshake is with. */
static __always_inline bool is_authenticated(struct policyc_packet *packet, __u32 now)
{
	struct policyc_pair pair = {
		.endpoint_id = policyc_endpoint.endpoint_id,
		.identity = policyc_identity(packet),
	};
	const __u64 *expires = bpf_map_lookup_elem(&policyc_authenticated, &pair);

	return expires && now < *expires;
}

#endif
