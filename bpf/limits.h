/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rule 11 of README.md. A packet over a limit only reads, and one of a peer within its limits mostly writes what is its
 * CPU's alone: neither a flood on several CPUs nor a peer on several queues pulls a cache line about.
 */
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

static __always_inline __u32 index_of_source(const struct packet *p)
{
	return (p->near >> 16) + p->role * SLW_ROLE_STRIDE & slw_config.source_mask;
}

/* Two CPUs may lose one charge here: a source normally arrives on one queue, and an atomic costs more than it saves. */
static __always_inline bool stranger_is_over(const struct packet *p, const __u64 *limit, __u32 tick)
{
	__u32 index = index_of_source(p);
	__u64 *bucket = bpf_map_lookup_elem(&slw_sources, &index), charged;

	if (!bucket)
		return false;
	if (is_over(READ(*bucket), drain_of(limit), burst_of(limit), p->cost, tick, &charged))
		return true;
	*(volatile __u64 *)bucket = charged;
	return false;
}

static __always_inline __u64 least(__u64 a, __u64 b)
{
	return a < b ? a : b;
}

/*
 * Charges a peer's bucket, ahead too. What is paid ahead grows with the debt: a bucket that is nearly empty is worth no
 * lease, and who keeps to a small part of an allowance is never over it for the sake of one. A charge may be lost to
 * another CPU: the caps of peers are generous, and nobody of them is to be dropped because of a race.
 */
static __always_inline bool is_over_ahead(__u64 *bucket, __u64 drain, __u64 burst, __u32 cost, __u32 *ahead)
{
	__u64 charged, debt, units;

	if (is_over(READ(*bucket), drain, burst, cost, bpf_jiffies64(), &charged))
		return true;
	debt = charged >> 32;
	units = least(debt >> SLW_LEASE_DEBT, burst >> (slw_config.lease_shift & 31));
	units = least(least(units, burst - debt), SLW_LEASE_PACKETS * SLW_PACKET_UNITS);
	*ahead = units & ~(SLW_PACKET_UNITS - 1);
	*(volatile __u64 *)bucket = charged + ((__u64)*ahead << 32);
	return false;
}

static __always_inline bool peer_is_over(const struct packet *p, const __u64 *limit, __u32 group, __u32 weight,
					 struct slw_leases *leases)
{
	__u32 index = index_of_source(p) + slw_config.source_mask + 1, ahead;
	struct slw_lease *lease = &leases->source[index & (SLW_LEASES - 1)];
	__u32 cost = p->cost * SLW_PACKET_UNITS;
	__u64 drain, burst, *bucket;

	if (lease->bucket == index && lease->units >= cost) {
		lease->units -= cost;
		return false;
	}
	drain = drain_of(limit);
	burst = burst_of(limit);
	if (group == SLW_GROUP_STAKED) {
		drain = least(drain << weight, U32_MAX);
		burst = least(burst << weight, U32_MAX);
	}
	bucket = bpf_map_lookup_elem(&slw_sources, &index);
	if (!bucket)
		return false;
	if (is_over_ahead(bucket, drain, burst, p->cost, &ahead))
		return true;
	if (ahead)
		*lease = (struct slw_lease){.bucket = index, .units = ahead};
	return false;
}

static __always_inline bool peers_are_over(struct slw_total *total, const __u64 *limit, __u32 packets, __u32 *paid)
{
	__u32 cost = packets * SLW_PACKET_UNITS, ahead;

	if (*paid >= cost) {
		*paid -= cost;
		return false;
	}
	if (is_over_ahead(&total->bucket, drain_of(limit), burst_of(limit), packets, &ahead))
		return true;
	if (ahead)
		*paid = ahead;
	return false;
}

/*
 * All strangers together first: while a forged flood is over that, none of its packets fetches the bucket of a source that
 * nobody will hear of again. And exactly under contention, because such a flood contends here alone: who loses the race
 * twice is over.
 */
static __always_inline int check_strangers(const struct packet *p, const struct slw_limit *limit, struct slw_total *total)
{
	__u64 all = READ(limit->total), drain = (__u32)all, burst = all >> 32, seen = READ(total->bucket), charged;
	__u32 tick = bpf_jiffies64();

	if (all && is_over(seen, drain, burst, p->cost, tick, &charged))
		return SLW_CLASS_LIMIT;
	if (READ(limit->source) && stranger_is_over(p, &limit->source, tick))
		return SLW_SOURCE_LIMIT;
	if (!all || __sync_val_compare_and_swap(&total->bucket, seen, charged) == seen)
		return SLW_ACCEPTED;
	seen = READ(total->bucket);
	if (is_over(seen, drain, burst, p->cost, tick, &charged))
		return SLW_CLASS_LIMIT;
	return __sync_val_compare_and_swap(&total->bucket, seen, charged) == seen ? SLW_ACCEPTED : SLW_CLASS_LIMIT;
}

static __always_inline int check_peers(const struct packet *p, const struct slw_limit *limit, __u32 entry, __u32 group,
				       __u32 weight)
{
	struct slw_leases *leases;

	if (!(READ(limit->source) | READ(limit->total)))
		return SLW_ACCEPTED;
	leases = bpf_map_lookup_elem(&slw_leases, &(__u32){0});
	if (!leases)
		return SLW_ACCEPTED;
	if (READ(limit->source) && peer_is_over(p, &limit->source, group, weight, leases))
		return SLW_SOURCE_LIMIT;
	if (READ(limit->total) && peers_are_over(&slw_totals.of[entry], &limit->total, p->cost, &leases->total[entry]))
		return SLW_CLASS_LIMIT;
	return SLW_ACCEPTED;
}

static __always_inline int check_limits(const struct packet *p, const struct slw_policy *policy, __u32 group, __u32 weight)
{
	/* However many packets have come to this, the verifier follows them as one. */
	__u32 entry = blur(SLW_ENTRY(p->role, group), 0xff);
	const struct slw_limit *limit;

	if (entry >= SLW_ROLE_MAX * SLW_GROUP_MAX)
		return SLW_ACCEPTED;
	limit = &policy->limits[entry];
	return group == SLW_GROUP_UNKNOWN ? check_strangers(p, limit, &slw_totals.of[entry])
					  : check_peers(p, limit, entry, group, weight);
}

#endif
