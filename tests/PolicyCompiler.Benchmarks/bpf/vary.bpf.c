/* SPDX-License-Identifier: Dual BSD/GPL */
/*
 * Makes every run of a test run another connection: writes a counter into the source port and the last byte of the
 * destination address, 16 million in all, and goes on in the program under test. The same for every program; what it
 * costs is measured with floor_only of parse.bpf.c in `target`. Checksums are left wrong; nobody looks.
 */
#include "common.h"

#define BPF_MAP_TYPE_PROG_ARRAY 3
#define SOURCE_PORT_OFFSET 34
#define DESTINATION_LAST_BYTE_OFFSET 33

char program_license[] SEC("license") = "Dual BSD/GPL";

static long (*const bpf_tail_call)(struct __sk_buff *skb, void *map, __u32 index) = (void *)12;

volatile __u32 connection SEC(".bss");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} target SEC(".maps");

SEC("tc")
int vary(struct __sk_buff *skb)
{
	__u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	__u32 number = connection + 1;

	connection = number;
	if (data + SOURCE_PORT_OFFSET + 2 > end)
		return TC_ACT_SHOT;
	*(__u16 *)(data + SOURCE_PORT_OFFSET) = number;
	data[DESTINATION_LAST_BYTE_OFFSET] = number >> 16;
	bpf_tail_call(skb, &target, 0);
	return TC_ACT_SHOT;
}
