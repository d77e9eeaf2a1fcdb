/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A flood from random sources with a stakeholder's probes inside the same stream (a sender of their own would have its turn on
 * the CPU and never meet a full ring), and the socket filter at its end that counts what arrived and after how long.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define PAYLOAD	   132
#define STAMP_AT   8 /* in the payload, behind the tag */
#define SLOTS	   4096

struct flood {
	__u64 interface; /* to send from */
	__u64 every;	 /* one packet in so many is a probe */
	__u64 source;	 /* of the probes, network order */
	__u64 sent;
	__u64 probes;
	__u64 interval; /* nanoseconds from one packet to the next */
	__u64 next;
	__u64 reserved;
	__u64 arrived; /* probes */
	__u64 others;
	__u64 reserved2[6];
	__u64 microseconds[SLOTS]; /* probes by their delay; the last slot holds all that is longer */
} flood SEC(".data.flood");

/* Waits for the packet's turn; who comes late does not make up for it, since a burst is another flood than the one meant. */
static __always_inline void pace(void)
{
	__u64 now = 0;

	for (int i = 0; i < 1000; i++) {
		now = bpf_ktime_get_ns();
		if (now >= flood.next)
			break;
	}
	flood.next = now + flood.interval > flood.next + 4 * flood.interval ? now + flood.interval : flood.next + flood.interval;
}

SEC("xdp")
int send(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + ETH_HLEN;
	__u8 *payload = (void *)(ip + 1) + sizeof(struct udphdr);
	__u64 number = flood.sent++, stamp = 0;
	__u32 sum = 0;

	if ((void *)payload + PAYLOAD > end)
		return XDP_DROP;
	pace();
	if (number % flood.every == 0) {
		flood.probes++;
		stamp = bpf_ktime_get_ns();
		ip->saddr = flood.source;
	} else {
		ip->saddr = bpf_htonl(0x0b000000 | (bpf_get_prandom_u32() & 0xffffff));
	}
	__builtin_memcpy(payload + STAMP_AT, &stamp, sizeof(stamp));
	ip->check = 0;
#pragma unroll
	for (int i = 0; i < 10; i++)
		sum += ((__u16 *)ip)[i];
	sum = (sum & 0xffff) + (sum >> 16);
	ip->check = ~((sum & 0xffff) + (sum >> 16));
	return bpf_redirect(flood.interface, 0);
}

SEC("socket")
int count(struct __sk_buff *skb)
{
	__u64 stamp, delay;

	if (bpf_skb_load_bytes(skb, sizeof(struct udphdr) + STAMP_AT, &stamp, sizeof(stamp)))
		return 0;
	if (!stamp) {
		flood.others++;
		return 0;
	}
	delay = (bpf_ktime_get_ns() - stamp) / 1000;
	asm volatile("" : "+r"(delay)); /* or the comparison is made before the division, where the verifier learns nothing */
	flood.arrived++;
	if (delay >= SLOTS)
		delay = SLOTS - 1;
	flood.microseconds[delay]++;
	return 0;
}

char _license[] SEC("license") = "GPL";
