/* SPDX-License-Identifier: GPL-2.0 */
/* What the filter is measured against, and what sends to it. Each comes with and without frags: programs of a kind go
 * together. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

SEC("xdp") int drop(struct xdp_md *ctx)
{
	return XDP_DROP;
}

SEC("xdp") int pass(struct xdp_md *ctx)
{
	return XDP_PASS;
}

/* What a hundred instructions cost here: the measure of all that follows. */
SEC("xdp") int hundred(struct xdp_md *ctx)
{
	asm volatile(".rept 20; r1 = 1; r2 = 2; r3 = 3; r4 = 4; r5 = 5; .endr" ::: "r1", "r2", "r3", "r4", "r5");
	return XDP_PASS;
}

/* One of sixteen million sources, as a forged flood has them. */
static __always_inline void forge(struct xdp_md *ctx)
{
	struct iphdr *ip = (void *)(long)ctx->data + ETH_HLEN;

	if ((void *)(ip + 1) <= (void *)(long)ctx->data_end)
		ip->saddr = bpf_htonl(0x0b000000 | (bpf_get_prandom_u32() & 0xffffff));
}

/* Packets whose source is another each time, in front of what is measured: a call that the kernel turns into a jump. */
#define FORGED(name, section)                          \
	struct {                                       \
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY); \
		__uint(max_entries, 1);                \
		__type(key, __u32);                    \
		__type(value, __u32);                  \
	} next_##name SEC(".maps");                    \
	SEC(section) int name(struct xdp_md *ctx)      \
	{                                              \
		forge(ctx);                            \
		bpf_tail_call(ctx, &next_##name, 0);   \
		return XDP_ABORTED;                    \
	}

FORGED(forged, "xdp")
FORGED(forged_frags, "xdp.frags")

struct wire {
	__u64 interface; /* to send from */
	__u64 forged;
} wire SEC(".data.wire");

SEC("xdp") int send(struct xdp_md *ctx)
{
	struct iphdr *ip = (void *)(long)ctx->data + ETH_HLEN;
	__u32 sum = 0;

	if (wire.forged)
		forge(ctx);
	if ((void *)(ip + 1) > (void *)(long)ctx->data_end)
		return XDP_DROP;
	/* The stack looks at the header's checksum before it asks nft or iptables. */
	ip->check = 0;
#pragma unroll
	for (int i = 0; i < 10; i++)
		sum += ((__u16 *)ip)[i];
	sum = (sum & 0xffff) + (sum >> 16);
	ip->check = ~((sum & 0xffff) + (sum >> 16));
	return bpf_redirect(wire.interface, 0);
}

char _license[] SEC("license") = "GPL";
