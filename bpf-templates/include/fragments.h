/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Only first fragments have ports; they leave them here for the others. Nothing but a first fragment writes, so a later
 * one cannot lend its datagram another one's ports. A rewritten first fragment has to pass the policy by itself, and
 * reassembly needs one.
 */
#ifndef POLICYC_FRAGMENTS_H
#define POLICYC_FRAGMENTS_H

#include "maps.h"
#include "packet.h"

static __always_inline void fragment4_key(const struct policyc_packet *packet, struct policyc_fragment4 *key)
{
	bool ingress = packet->direction == POLICYC_INGRESS;

	key->endpoint_id = policyc_endpoint.endpoint_id;
	key->source_be = ingress ? packet->remote[0] : packet->local[0];
	key->destination_be = ingress ? packet->local[0] : packet->remote[0];
	key->id_be = packet->fragment_id;
	key->protocol = packet->protocol;
	key->reserved = 0;
}

static __always_inline void fragment6_key(const struct policyc_packet *packet, struct policyc_fragment6 *key)
{
	bool ingress = packet->direction == POLICYC_INGRESS;

	key->endpoint_id = policyc_endpoint.endpoint_id;
	key->id_be = packet->fragment_id;
	copy_address(key->source_be, ingress ? packet->remote : packet->local);
	copy_address(key->destination_be, ingress ? packet->local : packet->remote);
}

static __always_inline void fragment_remember(const struct policyc_packet *packet)
{
	struct policyc_fragment_ports ports = {
		.local_port_be = packet->local_port,
		.remote_port_be = packet->remote_port,
		.protocol = packet->protocol,
		.icmp_type = packet->icmp_type,
	};

	if (packet->family == 4) {
		struct policyc_fragment4 key;

		fragment4_key(packet, &key);
		bpf_map_update_elem(&policyc_fragments4, &key, &ports, BPF_ANY);
	} else {
		struct policyc_fragment6 key;

		fragment6_key(packet, &key);
		bpf_map_update_elem(&policyc_fragments6, &key, &ports, BPF_ANY);
	}
}

static __always_inline bool fragment_recall(struct policyc_packet *packet)
{
	const struct policyc_fragment_ports *ports;

	if (packet->family == 4) {
		struct policyc_fragment4 key;

		fragment4_key(packet, &key);
		ports = bpf_map_lookup_elem(&policyc_fragments4, &key);
	} else {
		struct policyc_fragment6 key;

		fragment6_key(packet, &key);
		ports = bpf_map_lookup_elem(&policyc_fragments6, &key);
	}
	if (!ports)
		return false;
	packet->local_port = ports->local_port_be;
	packet->remote_port = ports->remote_port_be;
	packet->protocol = ports->protocol;
	packet->icmp_type = ports->icmp_type;
	return true;
}

#endif
