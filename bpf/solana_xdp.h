/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the filter and its loader agree on: numbers, layouts, names. The loader mirrors this file in C#; every offset that
 * it relies on is asserted at the end. README.md beside it says what each thing means. A change of any layout or number
 * here raises SLW_LAYOUT_VERSION, so that a loader never reads pinned maps of another shape.
 */
#ifndef SLIPWAY_SOLANA_XDP_H
#define SLIPWAY_SOLANA_XDP_H

#include <linux/types.h>

#define SLW_LAYOUT_MAGIC   0x534c5758u /* "SLWX" */
#define SLW_LAYOUT_VERSION 4u
#define SLW_LAYOUT	   (((__u64)SLW_LAYOUT_MAGIC << 32) | SLW_LAYOUT_VERSION)

/* Zero passes everything: a program that nobody has configured yet is not there. */
enum slw_mode {
	SLW_MODE_OFF = 0,
	SLW_MODE_OBSERVE = 1,
	SLW_MODE_ENFORCE = 2,
};

/* What a local port is for: a byte per port and protocol in the port table. */
enum slw_role {
	SLW_ROLE_NONE = 0, /* not guarded: passes at once */
	SLW_ROLE_GOSSIP = 1,
	SLW_ROLE_TVU = 2,      /* shreds by turbine */
	SLW_ROLE_TPU = 3,      /* transactions over plain UDP, forwards too */
	SLW_ROLE_TPU_QUIC = 4, /* a QUIC server that never dials from this port */
	SLW_ROLE_VOTE = 5,     /* votes over plain UDP */
	SLW_ROLE_REPAIR = 6,   /* repair client: shreds with a nonce, pings */
	SLW_ROLE_SERVE_REPAIR = 7,
	SLW_ROLE_RPC = 8,
	SLW_ROLE_QUIC = 9,     /* QUIC that also dials from this port */
	SLW_ROLE_GUARDED = 10, /* limits only, content unknown */
	SLW_ROLE_MAX = 12,
};

/* Who a source is. Zero is the class of an empty peer slot. */
enum slw_class {
	SLW_CLASS_UNKNOWN = 0,
	SLW_CLASS_KNOWN = 1, /* in gossip, or named by the operator, without stake */
	SLW_CLASS_STAKED = 2,
	SLW_CLASS_BANNED = 3,
	SLW_CLASS_OWN = 4,	/* this node's own addresses: as a source they are forged */
	SLW_CLASS_OPERATOR = 5, /* never dropped */
	SLW_CLASS_NODE = 6,	/* nodes of the same cluster: never dropped */
	SLW_CLASS_MAX = 8,
};

/* Counters and limits know four groups; in SPECIAL the reason says which class it was. */
enum slw_group {
	SLW_GROUP_UNKNOWN = 0,
	SLW_GROUP_KNOWN = 1,
	SLW_GROUP_STAKED = 2,
	SLW_GROUP_SPECIAL = 3,
	SLW_GROUP_MAX = 4,
};

enum slw_verdict {
	SLW_PASS = 0,
	SLW_DROP = 1,
	SLW_WOULD_DROP = 2, /* passed, because of observe mode or a silent agent */
	SLW_EXILE = 3,	    /* handed to another CPU */
};

/*
 * Why. A reason fixes its verdict: below SLW_REASON_DROPS pass, below SLW_REASON_EXILES drop (or would drop), the rest
 * exile. From SLW_REASON_LEARNT on, drops rest on what the agent has told the program, so a silent agent suspends them.
 */
enum slw_reason {
	SLW_NOT_IP = 0,	       /* neither IPv4 nor IPv6, or no room for their header */
	SLW_NOT_OURS = 1,      /* destination is not an own address */
	SLW_NOT_GUARDED = 2,   /* no TCP or UDP port with a role */
	SLW_FRAGMENT_REST = 3, /* later fragment: carries no port */
	SLW_ACCEPTED = 4,
	SLW_ESTABLISHED = 5, /* TCP beyond the first SYN, QUIC beyond Initial */
	SLW_FROM_OPERATOR = 6,
	SLW_FROM_NODE = 7,
	SLW_PROTECTED_PORT = 8, /* Talos, Kubernetes, etcd, kubelet, Cilium */

	SLW_REASON_DROPS = 10,
	SLW_IP_HEADER = 10,  /* version, header length or total length impossible */
	SLW_IPV6_CHAIN = 11, /* extension headers: too many, or beyond the packet */
	SLW_MARTIAN = 12,    /* source that cannot exist on a wire */
	SLW_LAND = 13,	     /* source equals destination */
	SLW_OWN_SOURCE = 14,
	SLW_BANNED = 15,
	SLW_FRAGMENT = 16,  /* Solana never fragments */
	SLW_L4_LENGTH = 17, /* UDP or TCP lengths impossible */
	SLW_PORT_ZERO = 18,
	SLW_SOURCE_PORT = 19, /* UDP from a port below 1024: a reflector */
	SLW_TCP_FLAGS = 20,

	SLW_REASON_LEARNT = 22,
	SLW_GOSSIP_TAG = 22,
	SLW_GOSSIP_SIZE = 23,
	SLW_GOSSIP_COUNT = 24,	/* more values or prunes than the protocol has */
	SLW_GOSSIP_ORIGIN = 25, /* prune whose sender differs from its signer */
	SLW_SHRED_SIZE = 26,
	SLW_SHRED_VARIANT = 27,
	SLW_SHRED_INDEX = 28,
	SLW_SHRED_VERSION = 29,
	SLW_REPAIR_TAG = 30,
	SLW_REPAIR_SIZE = 31,
	SLW_REPAIR_RECIPIENT = 32, /* asks another identity */
	SLW_QUIC_HEADER = 33,
	SLW_QUIC_INITIAL_SIZE = 34,
	SLW_TRANSACTION = 35,
	SLW_SOURCE_LIMIT = 36,
	SLW_CLASS_LIMIT = 37,

	SLW_REASON_EXILES = 38,
	SLW_EXILE_SOURCE = 38, /* over the limit of its source */
	SLW_EXILE_CLASS = 39,  /* over the limit of its class */
	SLW_REASON_MAX = 40,
};

/* --- Limits ------------------------------------------------------------------------------------------------------ */

/*
 * A limit is one word: high half the burst, low half what drains a tick, both in 1/4096 packets. Zero is no limit; a
 * drain of zero with a burst of n lets n packets through and then none, which tests use.
 * A tick is a jiffy: 1/HZ seconds, HZ = 1 / clock_getres(CLOCK_MONOTONIC_COARSE).
 */
#define SLW_PACKET_UNITS	4096u
#define SLW_LIMIT(drain, burst) (((__u64)(burst) << 32) | (__u32)(drain))

#define SLW_ENTRY(role, group) ((role)*SLW_GROUP_MAX + (group))

struct slw_limit {
	__u64 source; /* each source of the group, on this role */
	__u64 total;  /* all sources of the group together, on this role */
};

/* The share of a role in the choice of a source's bucket, so that two roles do not drain one. */
#define SLW_ROLE_STRIDE 40503u

/*
 * What a CPU has paid ahead into the buckets of peers, in 1/4096 packets: while that lasts it need not touch a word that
 * other CPUs write too. slw_leases, per CPU.
 */
#define SLW_LEASES	  128 /* a power of two: a bucket's lease is in the place of its low bits */
#define SLW_LEASE_DEBT	  3   /* at most debt >> this is paid ahead: who sends little has nothing to lose */
#define SLW_LEASE_PACKETS 64  /* and never more packets than this */

struct slw_lease {
	__u32 bucket; /* entry of slw_sources */
	__u32 units;
};

struct slw_leases {
	struct slw_lease source[SLW_LEASES];
	__u32 total[SLW_ROLE_MAX * SLW_GROUP_MAX]; /* units, as slw_totals */
};

/* --- Configuration: section .data.config, one struct, memory-mapped by the loader ----------------------------------- */

#define SLW_OWN_MAX	8
#define SLW_EXILE_CPUS	8
#define SLW_EXILE_SHIFT 61

/* marks: bit 0 writes metadata before the packet; bit 1 sets DSCP; byte 2+group of the word is that group's DSCP. */
#define SLW_MARK_METADATA	  1u
#define SLW_MARK_DSCP		  2u
#define SLW_METADATA(role, class) (0x51000000u | ((role) << 8) | (class))

/* One of two banks. The loader fills the one that is not active, then flips slw_config.active: one word, all or nothing. */
struct slw_policy {
	__u32 own4[SLW_OWN_MAX];    /* own IPv4 addresses, network order as in the packet; 0 = empty */
	__u64 own6[SLW_OWN_MAX][2]; /* own IPv6 addresses as 16 raw bytes; 0 = empty */
	__u64 shred_version;	    /* 0 = not checked */
	__u64 identity[4];	    /* own identity, 32 raw bytes; all 0 = not checked */
	__u64 marks;
	__u64 exile_cpus;				       /* how many CPUs serve as exile; 0 = drop instead */
	__u32 exile_cpu[SLW_EXILE_CPUS];		       /* all filled: fewer CPUs repeat */
	__u64 generation;				       /* for people and metrics; the program does not read it */
	__u64 reserved[8];				       /* limits start on a cache line: one line a role */
	struct slw_limit limits[SLW_ROLE_MAX * SLW_GROUP_MAX]; /* entry SLW_ENTRY(role, group) */
};

struct slw_config {
	__u64 layout;		/* SLW_LAYOUT, written by the compiler, checked by the loader */
	__u64 mode;		/* enum slw_mode */
	__u64 active;		/* bank in use, bit 0 */
	__u64 peers;		/* SLW_PEERS: which peer table, how large */
	__u64 salt[2];		/* random a boot, salt[1] odd; written before attach, never changed */
	__u64 source_mask;	/* buckets in one half of slw_sources, a power of two, less one */
	__u64 heartbeat;	/* jiffies at the agent's last sign of life; written by slw_beat */
	__u64 heartbeat_ticks;	/* older than this = silent; 0 = never */
	__u64 sample;		/* 1 drop in this many goes to slw_events: a power of two; 0 = none */
	__u64 last;		/* SLW_LAST of the last packet; written only if slw_trace was set before load */
	__u64 peers_generation; /* for people and metrics; the program does not read it */
	__u64 zero;		/* is 0 and stays 0: keeps the verifier from counting cases */
	__u64 lease_shift; /* a CPU pays at most burst >> this ahead: 3 + log2 of the CPUs, so an eighth by all of them */
	__u64 reserved[2];
	struct slw_policy bank[2];
};

#define SLW_LAST(verdict, role, class, reason) (((__u64)(verdict) << 24) | ((role) << 16) | ((class) << 8) | (reason))

/* Section .data.ports: roles by port number in host order, memory-mapped; each byte stands for itself. */
struct slw_ports {
	__u8 udp[65536];
	__u8 tcp[65536];
};

/* --- Peers ------------------------------------------------------------------------------------------------------- */

/*
 * Two tables of sets in one array, and a bank bit in the keys of the other maps, so that one word switches all:
 * slw_config.peers holds the bank in bit 0, sets - 1 in bits 16-31, the table's first set in slw_peers in the high half.
 */
#define SLW_PEERS(bank, sets, first) (((__u64)(first) << 32) | ((__u64)((sets)-1) << 16) | (bank))
#define SLW_PEERS_BANK		     1u
#define SLW_PEERS_MASK_SHIFT	     16
#define SLW_PEERS_MASK		     0xffffu
#define SLW_PEERS_BASE_SHIFT	     32
#define SLW_PEER_SETS_MAX	     65536u
#define SLW_PEER_WAYS		     8

/*
 * A slot: high 48 bits of the address' hash, then 16 bits of meta. The low bits of the hash chose the set. Ways fill in
 * order from 0: a full set (way 7 not 0) is what sends a miss on to slw_overflow.
 */
#define SLW_PEER_META_MASK    0xffffull
#define SLW_META_CLASS_MASK   0xf
#define SLW_META_WEIGHT_SHIFT 4
#define SLW_META_WEIGHT_MASK  0x7 /* a stakeholder's own limit is shifted left by this */

struct slw_peer_set {
	__u64 way[SLW_PEER_WAYS];
};

struct slw_overflow_key {
	__u32 bank;
	__u8 address[16]; /* IPv4 as ::ffff:a.b.c.d */
};

struct slw_cidr_key {
	__u32 prefix; /* 32 for the bank + 96 for IPv4 + the rule's own length */
	__u32 bank;
	__u8 address[16];
};

/* slw_cidr_hint: a bit per /16 (IPv4) or folded /32 (IPv6) that a rule touches; without it the trie is not asked. */
#define SLW_HINT_WORDS			 1024
#define SLW_HINT_WORD(bank, ipv6, index) ((((bank)*2 + (ipv6)) * SLW_HINT_WORDS) + ((index) >> 6))

/* --- Counters and events ----------------------------------------------------------------------------------------- */

struct slw_cell {
	__u64 packets;
	__u64 bytes; /* whole frames; of what is not IP and spans several buffers, the first */
};

/* slw_counters, per CPU: entry 0 what was done, entry 1 what would have been dropped. */
#define SLW_COUNTED_DONE  0
#define SLW_COUNTED_WOULD 1

#define SLW_CELLS_OF_REASON	      (SLW_ROLE_MAX * SLW_GROUP_MAX)
#define SLW_CELL(reason, role, group) ((reason)*SLW_CELLS_OF_REASON + SLW_ENTRY(role, group))

struct slw_counters {
	struct slw_cell cell[SLW_REASON_MAX][SLW_ROLE_MAX][SLW_GROUP_MAX];
};

#define SLW_EVENT_BYTES 96

/* slw_events, a ring buffer. Addresses as 16 bytes, IPv4 mapped; ports in host order, 0 where there is none. */
struct slw_event {
	__u64 ticks; /* jiffies */
	__u32 ifindex;
	__u8 verdict;
	__u8 role;
	__u8 class;
	__u8 reason;
	__u8 source[16];
	__u8 destination[16];
	__u16 source_port;
	__u16 destination_port;
	__u8 protocol;
	__u8 reserved;
	__u16 captured; /* bytes of frame[] that hold something */
	__u32 length;	/* of the frame as it is counted: of several buffers the first, unless a header announced more */
	__u32 reserved2;
	__u8 frame[SLW_EVENT_BYTES];
};

/* Section .data.totals: the bucket of a whole group on a role, which has a cache line to itself. */
struct slw_total {
	__u64 bucket;
	__u64 reserved[7];
};

struct slw_totals {
	struct slw_total of[SLW_ROLE_MAX * SLW_GROUP_MAX]; /* as slw_policy.limits */
};

/* --- What the loader mirrors ------------------------------------------------------------------------------------- */

#ifdef __bpf__
#define SLW_AT(type, member, offset) _Static_assert(__builtin_offsetof(type, member) == (offset), #type "." #member)
#define SLW_SIZE(type, size)	     _Static_assert(sizeof(type) == (size), #type)

SLW_AT(struct slw_config, mode, 8);
SLW_AT(struct slw_config, active, 16);
SLW_AT(struct slw_config, peers, 24);
SLW_AT(struct slw_config, salt, 32);
SLW_AT(struct slw_config, source_mask, 48);
SLW_AT(struct slw_config, heartbeat, 56);
SLW_AT(struct slw_config, heartbeat_ticks, 64);
SLW_AT(struct slw_config, sample, 72);
SLW_AT(struct slw_config, last, 80);
SLW_AT(struct slw_config, peers_generation, 88);
SLW_AT(struct slw_config, lease_shift, 104);
SLW_AT(struct slw_config, bank, 128);
SLW_AT(struct slw_policy, own6, 32);
SLW_AT(struct slw_policy, shred_version, 160);
SLW_AT(struct slw_policy, identity, 168);
SLW_AT(struct slw_policy, marks, 200);
SLW_AT(struct slw_policy, exile_cpus, 208);
SLW_AT(struct slw_policy, exile_cpu, 216);
SLW_AT(struct slw_policy, generation, 248);
SLW_AT(struct slw_policy, limits, 320);
SLW_SIZE(struct slw_policy, 320 + 12 * 4 * 16);
SLW_SIZE(struct slw_config, 128 + 2 * 1088);
SLW_SIZE(struct slw_ports, 131072);
SLW_SIZE(struct slw_peer_set, 64);
SLW_SIZE(struct slw_overflow_key, 20);
SLW_SIZE(struct slw_cidr_key, 24);
SLW_SIZE(struct slw_counters, 30720); /* below the 32 KiB that a per-CPU value may have */
SLW_SIZE(struct slw_event, 160);
SLW_SIZE(struct slw_totals, 12 * 4 * 64);
SLW_SIZE(struct slw_leases, 128 * 8 + 12 * 4 * 4);
#endif

#endif
