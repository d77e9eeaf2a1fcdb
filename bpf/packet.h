/* SPDX-License-Identifier: GPL-2.0 */
/* Rules 2 to 4 of README.md: from the frame to its layer 4. */
#ifndef SLIPWAY_PACKET_H
#define SLIPWAY_PACKET_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>

#include "maps.h"

#define GO_ON		(-1) /* no rule has decided yet */
#define VLANS_MAX	2
#define CHAIN_MAX	8
#define SLW_PULL_BYTES	256 /* Ethernet, options and every field that a rule reads */
#define ETH_P_IP_BE	bpf_htons(ETH_P_IP)
#define ETH_P_IPV6_BE	bpf_htons(ETH_P_IPV6)
#define ETH_P_8021Q_BE	bpf_htons(0x8100)
#define ETH_P_8021AD_BE bpf_htons(0x88a8)

enum hook {
	HOOK_XDP,
	HOOK_SKB,
};

struct packet {
	void *data;
	void *end; /* of what the program can read; the frame may go on behind it */
	void *l3;
	void *l4;
	__u64 near;    /* hash of the address (IPv6: of its /64) */
	__u64 whole;   /* hash of the whole address */
	void *ctx;     /* the hook's own */
	__u32 length;  /* of the frame, see measure */
	__u32 rest;    /* bytes behind layer 2 in the frame, later of layer 4 by the lengths of the headers */
	__u32 role;
	__u32 cost; /* packets that it counts for */
	__u16 source_port;
	__u8 protocol;
	bool ipv6;
	bool first_fragment;
};

struct address {
	__u64 high; /* first eight bytes as they lie in the packet */
	__u64 low;
};

#define SOURCE6(l3)	 ((const struct address *)((l3) + 8))
#define DESTINATION6(l3) ((const struct address *)((l3) + 24))

/*
 * The walk over tags and extension headers ends in many places, and the verifier would follow all that comes after from
 * each. Adding a word that is 0, which it cannot know, makes all the ends look alike to it.
 */
static __always_inline __u32 blur(__u32 value, __u32 mask)
{
	return (value + (__u32)READ(slw_config.zero)) & mask;
}

static __always_inline int parse_ethernet(struct packet *p, __be16 *type)
{
	void *at = p->data + ETH_HLEN;
	__u32 offset = ETH_HLEN;

	if (at > p->end)
		return SLW_NOT_IP;
	*type = *(const __be16 *)(at - 2);
#pragma unroll
	for (int tag = 0; tag < VLANS_MAX; tag++) {
		if (likely(*type != ETH_P_8021Q_BE && *type != ETH_P_8021AD_BE))
			break;
		if (at + 4 > p->end)
			return SLW_NOT_IP;
		*type = *(const __be16 *)(at + 2);
		at += 4;
		offset += 4;
	}
	offset = blur(offset, 0x1f);
	p->rest = p->length - offset;
	p->l3 = p->data + offset;
	return GO_ON;
}

/*
 * The linear part is the frame unless the headers say more. Only then is it worth a helper's call to ask for the length of a
 * frame in several buffers.
 */
static __always_inline void measure(struct packet *p, enum hook hook, __u32 announced)
{
	__u32 length;

	if (hook != HOOK_XDP || likely(announced <= p->rest))
		return;
	length = bpf_xdp_get_buff_len(p->ctx);
	p->rest += length - p->length;
	p->length = length;
}

static __always_inline bool is_own4(const struct slw_policy *policy, __u32 address)
{
	if (!address)
		return false;
#pragma unroll
	for (int i = 0; i < SLW_OWN_MAX; i++)
		if (policy->own4[i] == address)
			return true;
	return false;
}

static __always_inline bool is_own6(const struct slw_policy *policy, const struct address *address)
{
	if (!(address->high | address->low))
		return false;
#pragma unroll
	for (int i = 0; i < SLW_OWN_MAX; i++)
		if (policy->own6[i][0] == address->high && policy->own6[i][1] == address->low)
			return true;
	return false;
}

static __always_inline int parse_ipv4(struct packet *p, const struct slw_policy *policy, enum hook hook)
{
	struct iphdr *ip = p->l3;
	__u32 header, total, fragment;

	if ((void *)(ip + 1) > p->end)
		return SLW_NOT_IP;
	total = bpf_ntohs(ip->tot_len);
	measure(p, hook, total);
	if (!is_own4(policy, ip->daddr))
		return SLW_NOT_OURS;
	header = ip->ihl * 4;
	if (ip->version != 4 || header < sizeof(*ip))
		return SLW_IP_HEADER;
	if (hook == HOOK_SKB && !total) /* the kernel's own, merged beyond what the field can say */
		return SLW_NOT_GUARDED;
	if (total < header || total > p->rest)
		return SLW_IP_HEADER;
	p->protocol = ip->protocol;
	if (p->protocol != IPPROTO_UDP && p->protocol != IPPROTO_TCP)
		return SLW_NOT_GUARDED;
	fragment = bpf_ntohs(ip->frag_off);
	if (fragment & 0x1fff)
		return SLW_FRAGMENT_REST;
	p->first_fragment = fragment & 0x2000;
	p->rest = total - header;
	p->l4 = p->l3 + header;
	return GO_ON;
}

static __always_inline int parse_ipv6(struct packet *p, const struct slw_policy *policy, enum hook hook)
{
	struct ipv6hdr *ip = p->l3;
	__u32 rest, offset = sizeof(*ip), fragmented = 0, next;

	if ((void *)(ip + 1) > p->end)
		return SLW_NOT_IP;
	rest = bpf_ntohs(ip->payload_len);
	measure(p, hook, rest + sizeof(*ip));
	if (!is_own6(policy, DESTINATION6(p->l3)))
		return SLW_NOT_OURS;
	if (ip->version != 6 || rest + sizeof(*ip) > p->rest)
		return SLW_IP_HEADER;
	next = ip->nexthdr;
	for (int headers = 0;; headers++) {
		__u8 *header = p->l3 + offset;
		__u32 size;

		if (next == IPPROTO_UDP || next == IPPROTO_TCP)
			break;
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS && next != IPPROTO_MH &&
		    next != IPPROTO_AH && next != IPPROTO_FRAGMENT)
			return SLW_NOT_GUARDED;
		if (headers == CHAIN_MAX || rest < 8)
			return SLW_IPV6_CHAIN;
		if ((void *)(header + 8) > p->end)
			return SLW_NOT_GUARDED;
		size = next == IPPROTO_FRAGMENT ? 8 : next == IPPROTO_AH ? (header[1] + 2) * 4 : (header[1] + 1) * 8;
		if (size > rest)
			return SLW_IPV6_CHAIN;
		if (next == IPPROTO_FRAGMENT) {
			__u32 fragment = bpf_ntohs(*(__be16 *)(header + 2));

			if (fragment & 0xfff8)
				return SLW_FRAGMENT_REST;
			fragmented |= fragment;
		}
		next = blur(header[0], 0xff);
		offset = blur(offset + size, 0x7fff);
		rest = blur(rest - size, 0xffff);
		fragmented = blur(fragmented, 1);
	}
	p->protocol = blur(next, 0xff);
	p->rest = blur(rest, 0xffff);
	p->l4 = p->l3 + blur(offset, 0x7fff);
	p->first_fragment = blur(fragmented, 1);
	return GO_ON;
}

#endif
