/* SPDX-License-Identifier: GPL-2.0 */
/* The rules of README.md on ports, sources, TCP and UDP. */
#ifndef SLIPWAY_RULES_H
#define SLIPWAY_RULES_H

#include <linux/tcp.h>
#include <linux/udp.h>

#include "content.h"
#include "limits.h"

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

/* A mistaken port table must not lock anybody out: these pass whatever it says. */
static __always_inline bool is_protected(__u16 port)
{
	switch (port) {
	case 50000: /* Talos API: apid, trustd */
	case 50001:
	case 6443: /* Kubernetes API */
	case 2379: /* etcd: clients, peers */
	case 2380:
	case 10250: /* kubelet */
	case 4240:  /* Cilium: health, Hubble */
	case 4244:
		return true;
	default:
		return false;
	}
}

static __always_inline int check_source(const struct packet *p)
{
	if (likely(!p->ipv6)) {
		const struct iphdr *ip = p->l3;
		__u8 first = *(const __u8 *)&ip->saddr;

		if (first == 0 || first == 127 || first >= 224)
			return SLW_MARTIAN;
		return ip->saddr == ip->daddr ? SLW_LAND : GO_ON;
	} else {
		const struct address *source = SOURCE6(p->l3), *destination = DESTINATION6(p->l3);
		__u32 third = (__u32)source->low;

		if ((source->high & 0xff) == 0xff || (!source->high && (!third || third == bpf_htonl(0xffff))))
			return SLW_MARTIAN;
		return source->high == destination->high && source->low == destination->low ? SLW_LAND : GO_ON;
	}
}

static __always_inline int check_tcp(struct packet *p)
{
	const __u8 *tcp = p->l4;
	__u32 header;
	__u8 flags;

	if (p->rest < sizeof(struct tcphdr))
		return SLW_L4_LENGTH;
	if (!SEEN(p, tcp, sizeof(struct tcphdr)))
		return GO_ON;
	header = (tcp[12] >> 4) * 4;
	if (header < sizeof(struct tcphdr) || header > p->rest)
		return SLW_L4_LENGTH;
	if (!p->source_port)
		return SLW_PORT_ZERO;
	flags = tcp[13];
	if (!(flags & (TCP_SYN | TCP_RST | TCP_ACK)) || (flags & TCP_SYN && flags & (TCP_FIN | TCP_RST)))
		return SLW_TCP_FLAGS;
	if ((flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
		return SLW_ESTABLISHED;
	if (p->rest > header)
		p->cost = 4;
	return GO_ON;
}

static __always_inline int check_udp(const struct packet *p, const struct slw_policy *policy)
{
	const struct udphdr *udp = p->l4;
	__u32 length;

	if (p->first_fragment)
		return SLW_FRAGMENT;
	if (p->rest < sizeof(*udp))
		return SLW_L4_LENGTH;
	if (!SEEN(p, udp, sizeof(*udp)))
		return GO_ON;
	length = bpf_ntohs(udp->len);
	if (length < sizeof(*udp) || length > p->rest)
		return SLW_L4_LENGTH;
	if (!p->source_port)
		return SLW_PORT_ZERO;
	if (p->source_port < 1024)
		return SLW_SOURCE_PORT;
	return check_content(p, policy, (const __u8 *)(udp + 1), length - sizeof(*udp));
}

static __always_inline int find_role(struct packet *p)
{
	const __be16 *ports = p->l4;
	__u16 destination_port;

	if (p->rest < 4 || !SEEN(p, ports, 4))
		return SLW_NOT_GUARDED;
	p->source_port = bpf_ntohs(ports[0]);
	destination_port = bpf_ntohs(ports[1]);
	if (p->protocol == IPPROTO_TCP) {
		p->role = READ(slw_ports.tcp[destination_port]);
		if (p->role && is_protected(destination_port)) {
			p->role = SLW_ROLE_NONE;
			return SLW_PROTECTED_PORT;
		}
	} else {
		p->role = READ(slw_ports.udp[destination_port]);
	}
	if (p->role == SLW_ROLE_NONE || p->role >= SLW_ROLE_MAX) {
		p->role = SLW_ROLE_NONE;
		return SLW_NOT_GUARDED;
	}
	return GO_ON;
}

#endif
