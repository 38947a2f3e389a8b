/* SPDX-License-Identifier: Dual BSD/GPL */
/* Maps and variables. Sizes are for trying things out; whoever loads the programs sets those that the node needs. */
#ifndef POLICYC_MAPS_H
#define POLICYC_MAPS_H

#include "kernel.h"
#include "policyc_abi.h"

#define POLICYC_DEFAULT_BUCKETS 4096

/* Volatile: LLVM would take a variable that no code writes for a constant zero. */
volatile struct policyc_endpoint policyc_endpoint SEC(".data");

/* The seeds are the fraction of pi, known to everyone: for trying things out. */
volatile struct policyc_ct_layout policyc_ct_layout SEC(".data.conntrack") = {
	.buckets = POLICYC_DEFAULT_BUCKETS,
	.multiplier = 0x243f6a8885a308d3,
	.seed = { 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0x082efa98,
		  0xec4e6c89, 0x452821e6, 0x38d01377, 0xbe5466cf, 0x34e90c6c },
};

/* The time of connections, as of the jiffy in the upper half. */
volatile __u64 policyc_clock SEC(".bss");

/* Always 0, which the verifier does not know. */
volatile __u32 policyc_zero SEC(".bss");

/*
 * The value, with nothing known about it. The verifier follows every path for itself until two of them agree in all that
 * it knows and needs; after a loop over headers or ways that is never, unless it forgets which turn it was.
 */
static __always_inline __u32 forget(__u32 value)
{
	return value + policyc_zero;
}

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct policyc_page);
} policyc_pages SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, __u32);
} policyc_ipcache4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct policyc_prefix4);
	__type(value, __u32);
} policyc_prefix4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64[2]);
	__type(value, __u32);
} policyc_ipcache6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct policyc_prefix6);
	__type(value, __u32);
} policyc_prefix6 SEC(".maps");

/* By decision id: where the proxy listens that reads the connections a decision redirects. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct policyc_proxy);
} policyc_proxies SEC(".maps");

/* Until when a pair is authenticated. User space alone writes it, so entries need not be there beforehand. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 65536);
	__type(key, struct policyc_pair);
	__type(value, __u64);
} policyc_authenticated SEC(".maps");

/* Mappable maps begin on a page, so the buckets lie on cache lines; and user space can read them without system calls. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, POLICYC_DEFAULT_BUCKETS);
	__type(key, __u32);
	__type(value, struct policyc_ct_bucket);
} policyc_conntrack SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct policyc_fragment4);
	__type(value, struct policyc_fragment_ports);
} policyc_fragments4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct policyc_fragment6);
	__type(value, struct policyc_fragment_ports);
} policyc_fragments6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct policyc_counter);
} policyc_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} policyc_events SEC(".maps");

/* Drop events that did not fit into policyc_events, one count per CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} policyc_events_lost SEC(".maps");

#endif
