/* SPDX-License-Identifier: Dual BSD/GPL */
#ifndef POLICYC_CURSOR_H
#define POLICYC_CURSOR_H

#include "kernel.h"
#include "packet.h"

/* A place in a frame, and the end of what may be read: the frame's at first, the IP packet's once that is known. */
struct cursor {
	struct __sk_buff *skb;
	__u32 offset;
	__u32 end;
};

static __always_inline void *cursor_linear(const struct cursor *cursor, __u32 length)
{
	void *end = (void *)(long)cursor->skb->data_end;
	void *start = (void *)(long)cursor->skb->data + cursor->offset;

	/* The verifier grants access through the very register that was compared. */
	barrier_var(start);
	return start + length <= end ? start : NULL;
}

/*
 * The next `length` bytes, or NULL if the packet ends before. Headers are nearly always in the linear part of the
 * buffer. Pulling them there moves the buffer, so a pointer is good only until the next call.
 */
static __always_inline void *cursor_peek(const struct cursor *cursor, __u32 length)
{
	void *start;

	if (unlikely(cursor->offset + length > cursor->end))
		return NULL;
	start = cursor_linear(cursor, length);
	if (likely(start))
		return start;
	if (bpf_skb_pull_data(cursor->skb, cursor->offset + length))
		return NULL;
	return cursor_linear(cursor, length);
}

/* Goes to where a packet's headers were left. Returns false if that is nowhere. */
static __always_inline bool cursor_resume(struct cursor *cursor, const struct policyc_packet *packet)
{
	cursor->offset = packet->header_offset;
	cursor->end = packet->end_offset;
	barrier_var(cursor->offset);
	return cursor->offset <= LAST_HEADER_OFFSET;
}

#endif
