/* SPDX-License-Identifier: GPL-2.0 */
/* Who a source is: "The hash" and "Peers" of README.md. */
#ifndef SLIPWAY_PEERS_H
#define SLIPWAY_PEERS_H

#include "packet.h"

/* The multiplier is secret and odd: addresses that share a set or a bucket cannot be chosen from outside. */
static __always_inline __u64 fold(__u64 x)
{
	x *= slw_config.salt[1];
	return x ^ (x >> 32);
}

static __always_inline void hash_source(struct packet *p)
{
	if (likely(!p->ipv6)) {
		p->near = fold(((struct iphdr *)p->l3)->saddr ^ slw_config.salt[0]);
		p->whole = p->near;
	} else {
		const struct address *source = SOURCE6(p->l3);

		p->near = fold(source->high ^ slw_config.salt[0]);
		p->whole = fold(p->near ^ source->low);
	}
}

static __always_inline void copy_address(__u8 to[16], const struct packet *p, bool destination)
{
	__u32 *words = (__u32 *)to;

	if (p->ipv6) {
		const __u32 *from = p->l3 + (destination ? 24 : 8);

		for (int i = 0; i < 4; i++)
			words[i] = from[i];
	} else {
		const struct iphdr *ip = p->l3;

		words[0] = 0;
		words[1] = 0;
		words[2] = bpf_htonl(0xffff);
		words[3] = destination ? ip->daddr : ip->saddr;
	}
}

static __always_inline __u32 overflow_meta(const struct packet *p, __u32 bank)
{
	struct slw_overflow_key key = {.bank = bank};
	__u64 *meta;

	copy_address(key.address, p, false);
	meta = bpf_map_lookup_elem(&slw_overflow, &key);
	return meta ? *meta & SLW_PEER_META_MASK : 0;
}

static __always_inline __u32 cidr_meta(const struct packet *p, __u32 bank)
{
	const __be16 *words = p->l3 + (p->ipv6 ? 8 : 12);
	struct slw_cidr_key key = {.prefix = 32 + 128, .bank = bank};
	__u32 bit = bpf_ntohs(p->ipv6 ? words[0] ^ words[1] : words[0]);
	__u32 word = SLW_HINT_WORD(bank, p->ipv6, bit);
	__u64 *hint, *meta;

	hint = bpf_map_lookup_elem(&slw_cidr_hint, &word);
	if (!hint || !(READ(*hint) >> (bit & 63) & 1))
		return 0;
	copy_address(key.address, p, false);
	meta = bpf_map_lookup_elem(&slw_cidrs, &key);
	return meta ? *meta & SLW_PEER_META_MASK : 0;
}

static __always_inline __u32 find_meta(struct packet *p)
{
	__u64 peers = READ(slw_config.peers);
	__u32 bank = peers & SLW_PEERS_BANK;
	const struct slw_peer_set *set;
	__u32 index, meta = 0;

	hash_source(p);
	index = (peers >> SLW_PEERS_BASE_SHIFT) + (p->whole & peers >> SLW_PEERS_MASK_SHIFT & SLW_PEERS_MASK);
	set = bpf_map_lookup_elem(&slw_peers, &index);
	if (!set)
		return 0;
		/* No early end at an empty way: eight compares that never branch cost less than one branch that cannot be
		 * foreseen. */
#pragma unroll
	for (int way = 0; way < SLW_PEER_WAYS; way++) {
		__u64 differs = READ(set->way[way]) ^ p->whole;

		if (unlikely(differs <= SLW_PEER_META_MASK))
			return (differs ^ p->whole) & SLW_PEER_META_MASK;
	}
	if (unlikely(READ(set->way[SLW_PEER_WAYS - 1])))
		meta = overflow_meta(p, bank);
	if (!meta)
		meta = cidr_meta(p, bank);
	return meta;
}

#endif
