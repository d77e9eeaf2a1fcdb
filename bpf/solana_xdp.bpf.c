// SPDX-License-Identifier: GPL-2.0
/*
 * A packet filter for the ports of a Solana validator, in front of the network stack. README.md says what it does, rule by
 * rule; solana_xdp.h is what the loader has to know. One body, inlined into an entry for each way to attach.
 */
#include "outcome.h"

/* The kernel's name is uapi's too, but older headers lack it. */
#define TCX_NEXT_VERDICT (-1)
#define TCX_DROP_VERDICT 2

static __always_inline const struct slw_policy *active_policy(void)
{
	return &slw_config.bank[READ(slw_config.active) & 1];
}

/* The verifier need not follow what comes after once for every reason, role and class. */
static __always_inline int decide(struct packet *p, const struct slw_policy *policy, void *ctx, enum hook hook)
{
	int reason = judge(p, policy, ctx, hook);

	p->role = blur(p->role, 0xf);
	p->class = blur(p->class, 0x7);
	p->near = p->near + READ(slw_config.zero);
	return blur(reason, 0x3f);
}

static __always_inline int filter_frame(struct xdp_md *ctx, struct packet *p, void *cpumap)
{
	const struct slw_policy *policy = active_policy();
	__u64 mode = READ(slw_config.mode);
	int reason, verdict = SLW_PASS, action = XDP_PASS;
	__u64 nth;

	if (mode != SLW_MODE_OBSERVE && mode != SLW_MODE_ENFORCE)
		return XDP_PASS;
	p->length = p->end - p->data;
	reason = decide(p, policy, ctx, HOOK_XDP);
	if (is_drop(reason)) {
		verdict = SLW_WOULD_DROP;
		if (is_enforced(mode, reason)) {
			verdict = SLW_DROP;
			action = XDP_DROP;
			if (reason >= SLW_SOURCE_LIMIT && p->class == SLW_CLASS_UNKNOWN) {
				action = exile(p, policy, cpumap);
				if (action == XDP_REDIRECT) {
					verdict = SLW_EXILE;
					reason += SLW_EXILE_SOURCE - SLW_SOURCE_LIMIT;
				}
			}
		}
	}
	nth = count(p, verdict, reason);
	trace(p, verdict, reason);
	if (is_drop(reason)) {
		if (is_sampled(nth))
			tell(ctx, (void *)(long)ctx->data, (void *)(long)ctx->data_end, p, verdict, reason,
			     ctx->ingress_ifindex, HOOK_XDP);
	} else if (unlikely(READ(policy->marks)) && is_marked(reason)) {
		mark(ctx, p, READ(policy->marks));
	}
	return action;
}

/* A followed owner of the slot gets what passes; an empty entry falls through to XDP_PASS. */
#define ENTRY(name, sections, variant)                                    \
	SEC(sections) int name(struct xdp_md *ctx)                        \
	{                                                                 \
		struct packet p = {                                       \
			.data = (void *)(long)ctx->data,                  \
			.end = (void *)(long)ctx->data_end,               \
			.cost = 1,                                        \
		};                                                        \
		int action = filter_frame(ctx, &p, &slw_exile_##variant); \
                                                                          \
		if (action != XDP_PASS)                                   \
			return action;                                    \
		bpf_tail_call(ctx, &slw_next_##variant, 0);               \
		return XDP_PASS;                                          \
	}

ENTRY(slw_xdp_frags, "xdp.frags", frags)
ENTRY(slw_xdp_plain, "xdp", plain)
ENTRY(slw_xdp_frags0, "xdp.frags", frags0)
ENTRY(slw_xdp_plain0, "xdp", plain0)

/* The same rules where the slot belongs to somebody else. Never exiles: a cpumap is XDP's. */
SEC("tc")
int slw_tcx(struct __sk_buff *skb)
{
	const struct slw_policy *policy = active_policy();
	__u64 mode = READ(slw_config.mode);
	struct packet p = {.length = skb->len, .cost = 1};
	int reason, verdict = SLW_PASS;
	__u64 nth;

	if (mode != SLW_MODE_OBSERVE && mode != SLW_MODE_ENFORCE)
		return TCX_NEXT_VERDICT;
	/* Drivers may leave as little as an Ethernet header in the linear part. */
	if (skb->data_end - skb->data < SLW_PULL_BYTES && skb->data_end - skb->data < skb->len)
		bpf_skb_pull_data(skb, skb->len < SLW_PULL_BYTES ? skb->len : SLW_PULL_BYTES);
	p.data = (void *)(long)skb->data;
	p.end = (void *)(long)skb->data_end;
	reason = decide(&p, policy, skb, HOOK_SKB);
	if (is_drop(reason))
		verdict = is_enforced(mode, reason) ? SLW_DROP : SLW_WOULD_DROP;
	nth = count(&p, verdict, reason);
	trace(&p, verdict, reason);
	if (is_drop(reason) && is_sampled(nth))
		tell(skb, (void *)(long)skb->data, (void *)(long)skb->data_end, &p, verdict, reason, skb->ifindex, HOOK_SKB);
	return verdict == SLW_DROP ? TCX_DROP_VERDICT : TCX_NEXT_VERDICT;
}

/* What runs on the CPUs of exile: a last cap, so that junk cannot fill sockets either. */
static __always_inline int filter_junk(struct xdp_md *ctx)
{
	struct packet p = {.length = bpf_xdp_get_buff_len(ctx), .cost = 1};

	if (check_limits(&p, active_policy()) == SLW_ACCEPTED)
		return XDP_PASS;
	count(&p, SLW_DROP, SLW_CLASS_LIMIT);
	return XDP_DROP;
}

SEC("xdp.frags/cpumap")
int slw_junk_frags(struct xdp_md *ctx)
{
	return filter_junk(ctx);
}

SEC("xdp/cpumap")
int slw_junk_plain(struct xdp_md *ctx)
{
	return filter_junk(ctx);
}

/* The agent's sign of life, in the clock that the filter reads: user space has no way to read jiffies. */
SEC("syscall")
int slw_beat(void *ctx)
{
	slw_config.heartbeat = bpf_jiffies64();
	return 0;
}

/* Helpers that this needs are open to any licence; the declaration is what the kernel asks for. */
char _license[] SEC("license") = "GPL";
