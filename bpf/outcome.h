/* SPDX-License-Identifier: GPL-2.0 */
/* "Drops" and "Marks, samples" of README.md: what a reason leads to, and how it is told. */
#ifndef SLIPWAY_OUTCOME_H
#define SLIPWAY_OUTCOME_H

#include "judge.h"

/* Learnt drops rest on an agent that is alive: a silent one leaves only what nothing about this node can make wrong. */
static __always_inline bool is_enforced(__u64 mode, __u32 finding)
{
	__u64 allowed = READ(slw_config.heartbeat_ticks);

	if (mode != SLW_MODE_ENFORCE)
		return false;
	if (!is_at_least(finding, SLW_REASON_LEARNT) || !allowed)
		return true;
	return bpf_jiffies64() - READ(slw_config.heartbeat) <= allowed;
}

/* Returns what the cell holds now: samples are taken by it, which spares a random number a drop. */
static __always_inline __u64 count(__u32 entry, __u32 finding, __u32 length)
{
	struct slw_counters *counters = bpf_map_lookup_elem(&slw_counters, &entry);
	__u32 at = CELL_OF(finding);
	struct slw_cell *cell;

	if (!counters || at >= sizeof(*counters) / sizeof(*cell))
		return 0;
	cell = (struct slw_cell *)counters + at;
	cell->bytes += length;
	return ++cell->packets;
}

static __always_inline bool is_sampled(__u64 nth)
{
	__u64 sample = READ(slw_config.sample);

	return unlikely(sample) && !((nth ^ 1) & (sample - 1));
}

/*
 * What follows a decision reads the headers anew. It is rare, and what it does not ask of the decision needs no register
 * on the way there: keeping ports and addresses alive cost every packet more than its bucket does.
 */
static __always_inline bool read_again(struct packet *p, void *data, void *end)
{
	__be16 type;

	p->data = data;
	p->end = end;
	p->length = end - data;
	if (parse_ethernet(p, &type) != GO_ON)
		return false;
	p->ipv6 = type == bpf_htons(ETH_P_IPV6);
	if (p->ipv6)
		return p->l3 + sizeof(struct ipv6hdr) <= end;
	return type == bpf_htons(ETH_P_IP) && p->l3 + sizeof(struct iphdr) <= end;
}

static __always_inline void tell_flow(struct slw_event *event, const struct packet *p)
{
	const struct iphdr *ip = p->l3;
	const __be16 *ports;

	copy_address(event->source, p, false);
	copy_address(event->destination, p, true);
	event->protocol = p->ipv6 ? ((const struct ipv6hdr *)p->l3)->nexthdr : ip->protocol;
	if ((event->protocol != IPPROTO_TCP && event->protocol != IPPROTO_UDP) ||
	    (!p->ipv6 && ip->frag_off & bpf_htons(0x1fff)))
		return;
	ports = p->l3 + (p->ipv6 ? sizeof(struct ipv6hdr) : ip->ihl * 4);
	if (!SEEN(p, ports, 4))
		return;
	event->source_port = bpf_ntohs(ports[0]);
	event->destination_port = bpf_ntohs(ports[1]);
}

static __always_inline void tell(void *ctx, void *data, void *end, __u32 length, int verdict, __u32 finding, __u32 ifindex,
				 enum hook hook)
{
	struct slw_event *event = bpf_ringbuf_reserve(&slw_events, sizeof(*event), 0);
	struct packet again = {};
	/* At most SLW_EVENT_BYTES, said again below in a way that survives the compiler. */
	__u32 captured = blur(length < SLW_EVENT_BYTES ? length : SLW_EVENT_BYTES, 0x7f);

	if (!event)
		return;
	__builtin_memset(event, 0, sizeof(*event));
	event->ticks = bpf_jiffies64();
	event->ifindex = ifindex;
	event->verdict = verdict;
	event->role = ROLE_OF(finding);
	event->class = CLASS_OF(finding);
	event->reason = REASON_OF(finding);
	event->length = length;
	if (read_again(&again, data, end))
		tell_flow(event, &again);
	if (captured && captured <= SLW_EVENT_BYTES &&
	    !(hook == HOOK_XDP ? bpf_xdp_load_bytes(ctx, 0, event->frame, captured)
			       : bpf_skb_load_bytes(ctx, 0, event->frame, captured)))
		event->captured = captured;
	bpf_ringbuf_submit(event, 0);
}

static __always_inline void set_dscp(struct packet *p, __u8 dscp)
{
	struct iphdr *ip = p->l3;
	__u8 *bytes = p->l3;
	__u32 sum;
	__u8 tos;

	if (p->ipv6) {
		bytes[0] = (bytes[0] & 0xf0) | dscp >> 2;
		bytes[1] = (bytes[1] & 0x3f) | dscp << 6;
		return;
	}
	tos = (ip->tos & 3) | dscp << 2;
	/* RFC 1624: ~(~check + ~old + new), where tos is the low byte of its word. */
	sum = (__u16)~bpf_ntohs(ip->check) + (__u16) ~(__u16)ip->tos + tos;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	ip->check = bpf_htons((__u16)~sum);
	ip->tos = tos;
}

/* Off unless the policy asks: Cilium reads metadata, and DSCP is the network's. */
static __always_inline void mark(struct xdp_md *ctx, __u32 finding, __u64 marks)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct packet again = {};
	__u32 *metadata;

	if (marks & SLW_MARK_DSCP && read_again(&again, data, end))
		set_dscp(&again, marks >> (16 + 8 * group_of(CLASS_OF(finding))) & 0x3f);
	if (!(marks & SLW_MARK_METADATA) || bpf_xdp_adjust_meta(ctx, -(int)sizeof(*metadata)))
		return;
	metadata = (void *)(long)ctx->data_meta;
	if ((void *)(metadata + 1) <= (void *)(long)ctx->data)
		*metadata = SLW_METADATA(ROLE_OF(finding), CLASS_OF(finding));
}

static __always_inline bool is_marked(__u32 finding)
{
	return is_at_least(finding, SLW_ACCEPTED) && !is_at_least(finding, SLW_FROM_NODE + 1);
}

static __always_inline int exile(struct xdp_md *ctx, const struct slw_policy *policy, void *cpumap)
{
	struct packet again = {};

	if (!read_again(&again, (void *)(long)ctx->data, (void *)(long)ctx->data_end))
		return XDP_DROP;
	hash_source(&again);
	return bpf_redirect_map(cpumap, READ(policy->exile_cpu[again.near >> SLW_EXILE_SHIFT]), XDP_DROP);
}

static __always_inline void trace(int verdict, __u32 finding)
{
	if (slw_trace)
		slw_config.last = SLW_LAST(verdict, ROLE_OF(finding), CLASS_OF(finding), REASON_OF(finding));
}

#endif
