/* SPDX-License-Identifier: GPL-2.0 */
/* "Drops" and "Marks, samples" of README.md: what a reason leads to, and how it is told. */
#ifndef SLIPWAY_OUTCOME_H
#define SLIPWAY_OUTCOME_H

#include "rules.h"

/* Learnt drops rest on an agent that is alive: a silent one leaves only what nothing about this node can make wrong. */
static __always_inline bool is_enforced(__u64 mode, int reason)
{
	__u64 allowed = READ(slw_config.heartbeat_ticks);

	if (mode != SLW_MODE_ENFORCE)
		return false;
	if (reason < SLW_REASON_LEARNT || !allowed)
		return true;
	return bpf_jiffies64() - READ(slw_config.heartbeat) <= allowed;
}

/* Returns what the cell holds now: samples are taken by it, which spares a random number a drop. */
static __always_inline __u64 count(const struct packet *p, int verdict, int reason)
{
	__u32 entry = verdict == SLW_WOULD_DROP ? SLW_COUNTED_WOULD : SLW_COUNTED_DONE;
	struct slw_counters *counters = bpf_map_lookup_elem(&slw_counters, &entry);
	__u32 group = group_of(p->class);
	struct slw_cell *cell;

	if (!counters || p->role >= SLW_ROLE_MAX || (__u32)reason >= SLW_REASON_MAX || group >= SLW_GROUP_MAX)
		return 0;
	cell = &counters->cell[p->role][reason][group];
	cell->bytes += p->length;
	return ++cell->packets;
}

static __always_inline bool is_sampled(__u64 nth)
{
	__u64 sample = READ(slw_config.sample);

	return unlikely(sample) && !((nth ^ 1) & (sample - 1));
}

static __always_inline void tell(void *ctx, const struct packet *p, int verdict, int reason, __u32 ifindex, enum hook hook)
{
	__u32 captured = p->length < SLW_EVENT_BYTES ? p->length : SLW_EVENT_BYTES;
	struct slw_event *event = bpf_ringbuf_reserve(&slw_events, sizeof(*event), 0);
	long failed;

	if (!event)
		return;
	__builtin_memset(event, 0, sizeof(*event));
	event->ticks = bpf_jiffies64();
	event->ifindex = ifindex;
	event->verdict = verdict;
	event->role = p->role;
	event->class = p->class;
	event->reason = reason;
	event->length = p->length;
	event->protocol = p->protocol;
	event->source_port = p->source_port;
	event->destination_port = p->destination_port;
	if (p->named && p->l3 + (p->ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr)) <= p->end) {
		copy_address(event->source, p, false);
		copy_address(event->destination, p, true);
	}
	/* A whole capture has a constant size; a shorter frame is shown up to its Ethernet and IPv4 headers. */
	if (captured < SLW_EVENT_BYTES)
		captured = sizeof(struct ethhdr) + sizeof(struct iphdr);
	failed = hook == HOOK_XDP ? bpf_xdp_load_bytes(ctx, 0, event->frame, captured) :
				    bpf_skb_load_bytes(ctx, 0, event->frame, captured);
	event->captured = failed ? 0 : captured;
	bpf_ringbuf_submit(event, 0);
}

static __always_inline void set_dscp(const struct packet *p, __u8 dscp)
{
	if (p->ipv6) {
		__u8 *ip = p->l3;

		if (ip + sizeof(struct ipv6hdr) > (__u8 *)p->end)
			return;
		ip[0] = (ip[0] & 0xf0) | dscp >> 2;
		ip[1] = (ip[1] & 0x3f) | dscp << 6;
	} else {
		struct iphdr *ip = p->l3;
		__u32 sum;
		__u8 tos;

		if ((void *)(ip + 1) > p->end)
			return;
		tos = (ip->tos & 3) | dscp << 2;
		/* RFC 1624: ~(~check + ~old + new), in network order, where tos is the low byte of its word. */
		sum = (__u16)~bpf_ntohs(ip->check) + (__u16)~(__u16)ip->tos + tos;
		sum = (sum & 0xffff) + (sum >> 16);
		sum = (sum & 0xffff) + (sum >> 16);
		ip->check = bpf_htons((__u16)~sum);
		ip->tos = tos;
	}
}

/* Off unless the policy asks: Cilium reads metadata, and DSCP is the network's. */
static __always_inline void mark(struct xdp_md *ctx, const struct packet *p, __u64 marks)
{
	__u32 group = group_of(p->class);
	__u32 *metadata;

	if (marks & SLW_MARK_DSCP)
		set_dscp(p, marks >> (16 + 8 * group) & 0x3f);
	if (!(marks & SLW_MARK_METADATA) || bpf_xdp_adjust_meta(ctx, -(int)sizeof(*metadata)))
		return;
	metadata = (void *)(long)ctx->data_meta;
	if ((void *)(metadata + 1) <= (void *)(long)ctx->data)
		*metadata = SLW_METADATA(p->role, p->class);
}

static __always_inline bool is_marked(int reason)
{
	return reason >= SLW_ACCEPTED && reason <= SLW_FROM_NODE;
}

static __always_inline int exile(const struct packet *p, const struct slw_policy *policy, void *cpumap)
{
	if (likely(!READ(policy->exile_cpus)))
		return XDP_DROP;
	return bpf_redirect_map(cpumap, READ(policy->exile_cpu[p->near >> SLW_EXILE_SHIFT]), XDP_DROP);
}

static __always_inline void trace(const struct packet *p, int verdict, int reason)
{
	if (slw_trace)
		slw_config.last = SLW_LAST(verdict, p->role, p->class, reason);
}

#endif
