/* SPDX-License-Identifier: GPL-2.0 */
/* Rule 10 of README.md: what a payload must look like on a port whose role is known. */
#ifndef SLIPWAY_CONTENT_H
#define SLIPWAY_CONTENT_H

#include "packet.h"

#define PAYLOAD_MAX 1232 /* the largest datagram of the protocol */

/* Bytes that the program cannot read are not judged. */
#define SEEN(p, at, size) ((void *)(at) + (size) <= (p)->end)

static __always_inline __u32 u32_at(const __u8 *at)
{
	return *(const __u32 *)at;
}

static __always_inline __u64 u64_at(const __u8 *at)
{
	return *(const __u64 *)at;
}

static __always_inline bool same_key(const __u8 *a, const __u8 *b)
{
	return u64_at(a) == u64_at(b) && u64_at(a + 8) == u64_at(b + 8) && u64_at(a + 16) == u64_at(b + 16) &&
	       u64_at(a + 24) == u64_at(b + 24);
}

static __always_inline int check_gossip_values(const struct packet *p, const __u8 *payload, __u32 n)
{
	__u64 count;

	if (n < 44)
		return SLW_GOSSIP_SIZE;
	if (!SEEN(p, payload, 44))
		return GO_ON;
	count = u64_at(payload + 36);
	if (count > 17)
		return SLW_GOSSIP_COUNT;
	return n < 44 + 68 * (__u32)count ? SLW_GOSSIP_SIZE : GO_ON;
}

static __always_inline int check_gossip_prune(const struct packet *p, const __u8 *payload, __u32 n)
{
	__u64 count;

	if (n < 180)
		return SLW_GOSSIP_SIZE;
	if (!SEEN(p, payload, 76))
		return GO_ON;
	count = u64_at(payload + 68);
	if (count > 32)
		return SLW_GOSSIP_COUNT;
	if (n != 180 + 32 * (__u32)count)
		return SLW_GOSSIP_SIZE;
	return same_key(payload + 4, payload + 36) ? GO_ON : SLW_GOSSIP_ORIGIN;
}

static __always_inline int check_gossip(const struct packet *p, const __u8 *payload, __u32 n)
{
	if (n < 4 || n > PAYLOAD_MAX)
		return SLW_GOSSIP_SIZE;
	if (!SEEN(p, payload, 4))
		return GO_ON;
	switch (u32_at(payload)) {
	case 0: /* pull request: its size depends on a bloom filter */
		return GO_ON;
	case 1: /* pull response */
		return n < 161 ? SLW_GOSSIP_SIZE : check_gossip_values(p, payload, n);
	case 2: /* push */
		return check_gossip_values(p, payload, n);
	case 3:
		return check_gossip_prune(p, payload, n);
	case 4: /* ping and pong */
	case 5:
		return n == 132 ? GO_ON : SLW_GOSSIP_SIZE;
	default:
		return SLW_GOSSIP_TAG;
	}
}

static __always_inline int check_shred(const struct packet *p, const struct slw_policy *policy, const __u8 *payload, __u32 n)
{
	__u64 version = READ(policy->shred_version);

	if (n < 1200 || n > PAYLOAD_MAX)
		return SLW_SHRED_SIZE;
	if (!SEEN(p, payload, 0x4f))
		return GO_ON;
	if ((__u8)(payload[0x40] - 0x40) >= 0x80)
		return SLW_SHRED_VARIANT;
	if (u32_at(payload + 0x49) >= 32768)
		return SLW_SHRED_INDEX;
	return version && *(const __u16 *)(payload + 0x4d) != version ? SLW_SHRED_VERSION : GO_ON;
}

static __always_inline int check_repair(const struct packet *p, const struct slw_policy *policy, const __u8 *payload,
					__u32 n)
{
	if (n != 132)
		return check_shred(p, policy, payload, n);
	if (!SEEN(p, payload, 4))
		return GO_ON;
	return u32_at(payload) ? SLW_REPAIR_TAG : GO_ON;
}

static __always_inline int check_serve_repair(const struct packet *p, const struct slw_policy *policy, const __u8 *payload,
					      __u32 n)
{
	const __u64 *identity = policy->identity;

	if (n < 4)
		return SLW_REPAIR_SIZE;
	if (!SEEN(p, payload, 4))
		return GO_ON;
	switch (u32_at(payload)) {
	case 7: /* pong */
		return n == 132 ? GO_ON : SLW_REPAIR_SIZE;
	case 8: /* window index, highest window index */
	case 9:
		if (n != 160)
			return SLW_REPAIR_SIZE;
		break;
	case 10: /* orphan, ancestor hashes */
	case 11:
		if (n != 152)
			return SLW_REPAIR_SIZE;
		break;
	case 12: /* young kinds: only what their common header needs */
	case 13:
	case 14:
		if (n < 144 || n > PAYLOAD_MAX)
			return SLW_REPAIR_SIZE;
		break;
	default:
		return SLW_REPAIR_TAG;
	}
	if (!SEEN(p, payload, 132) || !(identity[0] | identity[1] | identity[2] | identity[3]))
		return GO_ON;
	return same_key(payload + 100, (const __u8 *)identity) ? GO_ON : SLW_REPAIR_RECIPIENT;
}

static __always_inline int check_transaction(const struct packet *p, const __u8 *payload, __u32 n)
{
	__u32 signatures;

	if (n < 1 || n > PAYLOAD_MAX)
		return SLW_TRANSACTION;
	if (!SEEN(p, payload, 1))
		return GO_ON;
	signatures = payload[0];
	return !signatures || (signatures < 128 && n < 36 + 64 * signatures) ? SLW_TRANSACTION : GO_ON;
}

static __always_inline int check_quic(const struct packet *p, const __u8 *payload, __u32 n, bool server_only)
{
	__u32 version;

	if (n < 1)
		return SLW_QUIC_HEADER;
	if (!SEEN(p, payload, 1))
		return GO_ON;
	if (!(payload[0] & 0x80))
		return SLW_ESTABLISHED;
	if (n < 21)
		return SLW_QUIC_HEADER;
	if (!SEEN(p, payload, 5))
		return GO_ON;
	version = bpf_ntohl(u32_at(payload + 1));
	if (!version)
		return server_only ? SLW_QUIC_HEADER : SLW_ESTABLISHED;
	if (version == 1 && payload[0] & 0x30)
		return SLW_ESTABLISHED;
	return version == 1 && server_only && n < 1200 ? SLW_QUIC_INITIAL_SIZE : GO_ON;
}

static __always_inline int check_content(const struct packet *p, const struct slw_policy *policy, const __u8 *payload,
					 __u32 n)
{
	switch (p->role) {
	case SLW_ROLE_GOSSIP:
		return check_gossip(p, payload, n);
	case SLW_ROLE_TVU:
		return check_shred(p, policy, payload, n);
	case SLW_ROLE_REPAIR:
		return check_repair(p, policy, payload, n);
	case SLW_ROLE_SERVE_REPAIR:
		return check_serve_repair(p, policy, payload, n);
	case SLW_ROLE_TPU:
	case SLW_ROLE_VOTE:
		return check_transaction(p, payload, n);
	case SLW_ROLE_TPU_QUIC:
	case SLW_ROLE_QUIC:
		return check_quic(p, payload, n, p->role == SLW_ROLE_TPU_QUIC);
	default:
		return GO_ON;
	}
}

#endif
