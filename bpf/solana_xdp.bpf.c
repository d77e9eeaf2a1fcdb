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
	const struct slw_policy *policy = &slw_config.bank[READ(slw_config.active) & 1];

	/* One pointer to all of it: the compiler would add up a new one for every field. */
	asm volatile("" : "+r"(policy));
	return policy;
}

/* The verifier need not follow what comes after once for everything that can be found out. */
static __always_inline __u32 forget(__u32 finding)
{
	return finding + (__u32)READ(slw_config.zero);
}

static __always_inline int settle(struct xdp_md *ctx, enum slw_verdict verdict, __u32 finding, __u32 length, int action)
{
	__u64 nth = count(verdict == SLW_WOULD_DROP, finding, length);

	trace(verdict, finding);
	if (is_sampled(nth))
		tell(ctx, (void *)(long)ctx->data, (void *)(long)ctx->data_end, length, verdict, finding,
		     ctx->ingress_ifindex, HOOK_XDP);
	return action;
}

static __always_inline int filter_frame(struct xdp_md *ctx, void *cpumap)
{
	__u64 mode = READ(slw_config.mode);
	const struct slw_policy *policy;
	struct packet p = {.ctx = ctx, .cost = 1}, usual;
	__u32 finding;
	__u64 marks;

	if (mode != SLW_MODE_OBSERVE && mode != SLW_MODE_ENFORCE)
		return XDP_PASS;
	policy = active_policy();
	p.data = (void *)(long)ctx->data;
	p.end = (void *)(long)ctx->data_end;
	p.length = p.end - p.data;
	usual = p;
	finding = judge_usual(&usual, policy);
	if (finding == UNUSUAL)
		finding = judge(&p, policy, HOOK_XDP);
	finding = forget(finding);
	if (!is_drop(finding)) {
		count(SLW_COUNTED_DONE, finding, p.length);
		trace(SLW_PASS, finding);
		marks = READ(policy->marks);
		if (unlikely(marks) && is_marked(finding))
			mark(ctx, finding, marks);
		return XDP_PASS;
	}
	if (!is_enforced(mode, finding))
		return settle(ctx, SLW_WOULD_DROP, finding, p.length, XDP_PASS);
	if (unlikely(READ(policy->exile_cpus)) && is_at_least(finding, SLW_SOURCE_LIMIT) &&
	    CLASS_OF(finding) == SLW_CLASS_UNKNOWN && exile(ctx, policy, cpumap) == XDP_REDIRECT)
		return settle(ctx, SLW_EXILE, finding + SLW_CELL(SLW_EXILE_SOURCE - SLW_SOURCE_LIMIT, 0, 0), p.length,
			      XDP_REDIRECT);
	return settle(ctx, SLW_DROP, finding, p.length, XDP_DROP);
}

/* A followed owner of the slot gets what passes; an empty entry falls through to XDP_PASS. */
#define ENTRY(name, sections, variant)                                \
	SEC(sections) int name(struct xdp_md *ctx)                    \
	{                                                             \
		int action = filter_frame(ctx, &slw_exile_##variant); \
                                                                      \
		if (action != XDP_PASS)                               \
			return action;                                \
		bpf_tail_call(ctx, &slw_next_##variant, 0);           \
		return XDP_PASS;                                      \
	}

ENTRY(slw_xdp_frags, "xdp.frags", frags)
ENTRY(slw_xdp_plain, "xdp", plain)
ENTRY(slw_xdp_frags0, "xdp.frags", frags0)
ENTRY(slw_xdp_plain0, "xdp", plain0)

/* The same rules where the slot belongs to somebody else. Never exiles: a cpumap is XDP's. */
SEC("tc")
int slw_tcx(struct __sk_buff *skb)
{
	__u64 mode = READ(slw_config.mode);
	struct packet p = {.length = skb->len, .cost = 1};
	int verdict = SLW_PASS;
	__u32 finding;
	__u64 nth;

	if (mode != SLW_MODE_OBSERVE && mode != SLW_MODE_ENFORCE)
		return TCX_NEXT_VERDICT;
	/* Drivers may leave as little as an Ethernet header in the linear part. */
	if (skb->data_end - skb->data < SLW_PULL_BYTES && skb->data_end - skb->data < skb->len)
		bpf_skb_pull_data(skb, skb->len < SLW_PULL_BYTES ? skb->len : SLW_PULL_BYTES);
	p.data = (void *)(long)skb->data;
	p.end = (void *)(long)skb->data_end;
	finding = forget(judge(&p, active_policy(), HOOK_SKB));
	if (is_drop(finding))
		verdict = is_enforced(mode, finding) ? SLW_DROP : SLW_WOULD_DROP;
	nth = count(verdict == SLW_WOULD_DROP, finding, p.length);
	trace(verdict, finding);
	if (is_drop(finding) && is_sampled(nth))
		tell(skb, (void *)(long)skb->data, (void *)(long)skb->data_end, p.length, verdict, finding, skb->ifindex,
		     HOOK_SKB);
	return verdict == SLW_DROP ? TCX_DROP_VERDICT : TCX_NEXT_VERDICT;
}

/* What runs on the CPUs of exile: a last cap, so that junk cannot fill sockets either. */
static __always_inline int filter_junk(struct xdp_md *ctx)
{
	const struct packet p = {.cost = 1};

	if (check_limits(&p, active_policy(), SLW_GROUP_UNKNOWN, 0) == SLW_ACCEPTED)
		return XDP_PASS;
	count(SLW_COUNTED_DONE, found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, SLW_CLASS_LIMIT), bpf_xdp_get_buff_len(ctx));
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
