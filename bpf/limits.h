/* SPDX-License-Identifier: GPL-2.0 */
/* Rule 11 of README.md. A packet over a limit only reads, so a flood on several CPUs does not pull a cache line about. */
#ifndef SLIPWAY_LIMITS_H
#define SLIPWAY_LIMITS_H

#include "peers.h"

#define U32_MAX 0xffffffffull

/*
 * A bucket holds what is owed, not what is left: untouched memory is a full allowance, whatever the clock says. The debt is
 * the high half, so that a shift gets it and the stamp is a word's own low half.
 */
static __always_inline bool is_over(__u64 bucket, __u64 drain, __u64 burst, __u32 cost, __u32 tick, __u64 *charged)
{
	__u64 drained = (__u64)(__u32)(tick - (__u32)bucket) * drain;
	__u64 debt = bucket >> 32;

	if (debt > drained) {
		asm("" : "+r"(debt)); /* or this becomes a subtraction that minds its overflow, in nine instructions */
		debt -= drained;
	} else {
		debt = 0;
	}
	debt += cost * SLW_PACKET_UNITS;
	*charged = debt << 32 | tick;
	return debt > burst;
}

/* Policies are filled before they are used and never changed: the halves of a limit always belong together. */
static __always_inline __u64 drain_of(const __u64 *limit)
{
	return READ(((const __u32 *)limit)[0]);
}

static __always_inline __u64 burst_of(const __u64 *limit)
{
	return READ(((const __u32 *)limit)[1]);
}

static __always_inline bool source_is_over(const struct packet *p, const __u64 *limit, __u32 group, __u32 weight, __u32 tick)
{
	__u32 mask = slw_config.source_mask;
	__u32 index = ((p->near >> 16) + p->role * SLW_ROLE_STRIDE) & mask;
	__u64 drain = drain_of(limit), burst = burst_of(limit), charged, *bucket;

	if (group != SLW_GROUP_UNKNOWN)
		index += mask + 1;
	if (group == SLW_GROUP_STAKED) {
		drain <<= weight;
		burst <<= weight;
		drain = drain > U32_MAX ? U32_MAX : drain;
		burst = burst > U32_MAX ? U32_MAX : burst;
	}
	bucket = bpf_map_lookup_elem(&slw_sources, &index);
	if (!bucket)
		return false;
	if (is_over(READ(*bucket), drain, burst, p->cost, tick, &charged))
		return true;
	/* Two CPUs may lose one charge here: a source normally arrives on one queue, and an atomic costs more than it saves.
	 */
	*(volatile __u64 *)bucket = charged;
	return false;
}

/*
 * Strangers are counted exactly under contention, because a forged flood contends here alone: who loses the race twice is
 * over. The caps of the others are generous, and nobody of them is to be dropped because of a race: one of two charges may
 * be lost.
 */
static __always_inline bool total_is_over(__u32 role, __u32 group, const __u64 *limit, __u32 cost, __u32 tick)
{
	__u32 index = role * SLW_GROUP_MAX + group;
	struct slw_total *total = bpf_map_lookup_elem(&slw_totals, &index);
	__u64 seen, charged;

	if (!total)
		return false;
#pragma unroll
	for (int attempt = 0; attempt < 2; attempt++) {
		seen = READ(total->bucket);
		if (is_over(seen, drain_of(limit), burst_of(limit), cost, tick, &charged))
			return true;
		if (group != SLW_GROUP_UNKNOWN) {
			*(volatile __u64 *)&total->bucket = charged;
			return false;
		}
		if (__sync_val_compare_and_swap(&total->bucket, seen, charged) == seen)
			return false;
	}
	return true;
}

static __always_inline int check_limits(const struct packet *p, const struct slw_policy *policy, __u32 group, __u32 weight)
{
	const struct slw_limit *limit;
	__u32 tick;

	if (p->role >= SLW_ROLE_MAX || group >= SLW_GROUP_MAX)
		return SLW_ACCEPTED;
	limit = &policy->limits[p->role][group];
	tick = bpf_jiffies64();
	if (READ(limit->source) && source_is_over(p, &limit->source, group, weight, tick))
		return SLW_SOURCE_LIMIT;
	if (READ(limit->total) && total_is_over(p->role, group, &limit->total, p->cost, tick))
		return SLW_CLASS_LIMIT;
	return SLW_ACCEPTED;
}

#endif
