/* SPDX-License-Identifier: GPL-2.0 */
/* All rules in their order, and the short way for packets that most of them have nothing to say about. */
#ifndef SLIPWAY_JUDGE_H
#define SLIPWAY_JUDGE_H

#include "rules.h"

/*
 * What has been found out, in one word: the cell that counts it, and above that the class, of which the cell knows only the
 * group. With a register for each of three, the way of every packet is paved with stores to the stack; and reasons are in
 * the order of their cells, so that a verdict is a comparison.
 */
#define CELL_OF(finding)   ((finding)&0xffff)
#define CLASS_OF(finding)  ((finding) >> 16)
#define ROLE_OF(finding)   (CELL_OF(finding) / SLW_GROUP_MAX % SLW_ROLE_MAX)
#define REASON_OF(finding) (CELL_OF(finding) / SLW_CELLS_OF_REASON)

static __always_inline bool is_at_least(__u32 finding, __u32 reason)
{
	return CELL_OF(finding) >= SLW_CELL(reason, 0, 0);
}

static __always_inline bool is_drop(__u32 finding)
{
	return is_at_least(finding, SLW_REASON_DROPS);
}

static __always_inline __u32 group_of(__u32 class)
{
	return class <= SLW_CLASS_STAKED ? class : SLW_GROUP_SPECIAL;
}

/* The compiler must not take it apart again. */
static __always_inline __u32 found(__u32 role, __u32 class, __u32 reason)
{
	__u32 finding = class << 16 | SLW_CELL(reason, role, group_of(class));

	asm volatile("" : "+r"(finding));
	return finding;
}

/* What a peer's word says, in the form that check_limits wants. */
struct standing {
	__u32 class;
	__u32 weight;
};

static __always_inline struct standing find_standing(struct packet *p)
{
	__u32 meta = find_meta(p);
	__u32 class = meta & SLW_META_CLASS_MASK;

	return (struct standing){
		.class = class > SLW_CLASS_NODE ? SLW_CLASS_UNKNOWN : class,
		.weight = meta >> SLW_META_WEIGHT_SHIFT & SLW_META_WEIGHT_MASK,
	};
}

/* Rule 7 for the classes that have no limits. An impossible header comes first: it is seen before any port. */
static __always_inline __u32 judge_special(__u32 role, __u32 class, int reason)
{
	if (class == SLW_CLASS_OPERATOR)
		return found(role, class, SLW_FROM_OPERATOR);
	if (class == SLW_CLASS_NODE)
		return found(role, class, SLW_FROM_NODE);
	if (reason == GO_ON)
		reason = class == SLW_CLASS_OWN ? SLW_OWN_SOURCE : SLW_BANNED;
	return found(role, class, reason);
}

/* An IP header that cannot be is still passed for those who are never dropped: the stack will say what it thinks of it. */
static __always_inline __u32 judge_header(struct packet *p, int reason)
{
	__u32 class;

	if (reason < SLW_REASON_DROPS)
		return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, reason);
	class = find_standing(p).class;
	if (class > SLW_CLASS_STAKED)
		return judge_special(SLW_ROLE_NONE, class, reason);
	return found(SLW_ROLE_NONE, class, reason);
}

/* Rules 5 to 11. */
static __always_inline __u32 judge_flow(struct packet *p, const struct slw_policy *policy)
{
	struct standing source;
	int reason;

	reason = find_role(p);
	if (reason != GO_ON)
		return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, reason);
	reason = check_source(p);
	if (reason != GO_ON)
		return found(p->role, SLW_CLASS_UNKNOWN, reason);
	source = find_standing(p);
	if (unlikely(source.class > SLW_CLASS_STAKED))
		return judge_special(p->role, source.class, GO_ON);
	reason = p->protocol == IPPROTO_TCP ? check_tcp(p) : check_udp(p, policy);
	if (reason == GO_ON)
		reason = check_limits(p, policy, source.class, source.weight);
	return found(p->role, source.class, reason);
}

static __always_inline __u32 judge(struct packet *p, const struct slw_policy *policy, enum hook hook)
{
	__be16 type;
	int reason;

	reason = parse_ethernet(p, &type);
	if (reason != GO_ON)
		return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, reason);
	if (type == ETH_P_IP_BE) {
		p->ipv6 = false;
		reason = parse_ipv4(p, policy, hook);
		return reason == GO_ON ? judge_flow(p, policy) : judge_header(p, reason);
	}
	if (type == ETH_P_IPV6_BE) {
		p->ipv6 = true;
		reason = parse_ipv6(p, policy, hook);
		return reason == GO_ON ? judge_flow(p, policy) : judge_header(p, reason);
	}
	return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, SLW_NOT_IP);
}

#define UNUSUAL ((__u32)-3) /* no finding */

/*
 * Nearly all of what a node receives looks alike: no tags, no options, no fragments, lengths that agree. One look at what
 * could be otherwise shows that the rules before the source's class have nothing to say, in a third of their instructions.
 * Whatever differs anywhere is UNUSUAL and taken through them one by one.
 */
static __always_inline __u32 judge_usual(struct packet *p, const struct slw_policy *policy)
{
	const __u8 *frame = p->data;
	const struct iphdr *ip = p->data + ETH_HLEN;
	const struct udphdr *udp = (void *)(ip + 1);
	struct standing source;
	__u32 total;
	int reason;

	if ((void *)(udp + 1) + 4 > p->end)
		return UNUSUAL;
	/* Ethernet's type and the first byte of IP. */
	if ((*(const __u32 *)(frame + 12) & 0xffffff) != (ETH_P_IP_BE | 0x45 << 16))
		return UNUSUAL;
	total = bpf_ntohs(ip->tot_len);
	if (total + ETH_HLEN > p->length)
		return UNUSUAL;
	if (!is_own4(policy, ip->daddr))
		return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, SLW_NOT_OURS);
	/* Fragment offset and more fragments, time to live, protocol. */
	if ((*(const __u32 *)(frame + 20) & 0xff00ff3f) != IPPROTO_UDP << 24)
		return UNUSUAL;
	p->rest = bpf_ntohs(udp->len);
	if (p->rest + sizeof(*ip) != total || p->rest < sizeof(*udp))
		return UNUSUAL;
	p->role = READ(slw_ports.udp[bpf_ntohs(udp->dest)]);
	if (p->role - 1 >= SLW_ROLE_MAX - 1)
		return found(SLW_ROLE_NONE, SLW_CLASS_UNKNOWN, SLW_NOT_GUARDED);
	p->l3 = (void *)ip;
	p->l4 = (void *)udp;
	p->ipv6 = false;
	if (check_source(p) != GO_ON || *(const __u8 *)udp < 1024 >> 8)
		return UNUSUAL;
	source = find_standing(p);
	if (unlikely(source.class > SLW_CLASS_STAKED))
		return judge_special(p->role, source.class, GO_ON);
	reason = check_content(p, policy, (const __u8 *)(udp + 1), p->rest - sizeof(*udp));
	if (reason == GO_ON)
		reason = check_limits(p, policy, source.class, source.weight);
	return found(p->role, source.class, reason);
}

#endif
