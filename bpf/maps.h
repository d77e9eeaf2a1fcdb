/* SPDX-License-Identifier: GPL-2.0 */
/* What the program shares with the loader, by the names that README.md lists. */
#ifndef SLIPWAY_MAPS_H
#define SLIPWAY_MAPS_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "solana_xdp.h"

/* The loader changes these words while packets pass: every use is one load, never a second one that could differ. */
#define READ(word) (*(const volatile __typeof__(word) *)&(word))

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

struct slw_config slw_config SEC(".data.config") = {.layout = SLW_LAYOUT};
struct slw_ports slw_ports SEC(".data.ports");
struct slw_totals slw_totals SEC(".data.totals");

/* Set before load by tests only: the verifier removes what it guards when it is 0. */
const volatile __u64 slw_trace = 0;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2 * 4096);
	__type(key, __u32);
	__type(value, struct slw_peer_set);
} slw_peers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 131072);
	__type(key, struct slw_overflow_key);
	__type(value, __u64);
} slw_overflow SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 8192);
	__type(key, struct slw_cidr_key);
	__type(value, __u64);
} slw_cidrs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4 * SLW_HINT_WORDS);
	__type(key, __u32);
	__type(value, __u64);
} slw_cidr_hint SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2 * 65536);
	__type(key, __u32);
	__type(value, __u64);
} slw_sources SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct slw_leases);
} slw_leases SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct slw_counters);
} slw_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} slw_events SEC(".maps");

/* One of each for every variant: a prog_array and a cpumap belong to the kind of program that used them first. */
#define SLW_VARIANT_MAPS(variant)                      \
	struct {                                       \
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY); \
		__uint(max_entries, 1);                \
		__type(key, __u32);                    \
		__type(value, __u32);                  \
	} slw_next_##variant SEC(".maps");             \
	struct {                                       \
		__uint(type, BPF_MAP_TYPE_CPUMAP);     \
		__uint(max_entries, 1);                \
		__type(key, __u32);                    \
		__type(value, struct bpf_cpumap_val);  \
	} slw_exile_##variant SEC(".maps")

SLW_VARIANT_MAPS(frags);
SLW_VARIANT_MAPS(plain);
SLW_VARIANT_MAPS(frags0);
SLW_VARIANT_MAPS(plain0);

#endif
