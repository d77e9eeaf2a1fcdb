#!/usr/bin/env bash
# bpf/build.sh OUTDIR: compiles the filter to OUTDIR/solana_xdp.bpf.o. The same sources give the same bytes wherever they
# lie: no path and no DWARF stays in the object, only BTF (which libbpf and verifier messages need).
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: $0 OUTDIR" >&2; exit 2; }
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mkdir -p "$1"
out="$(cd "$1" && pwd)/solana_xdp.bpf.o"

clang="${CLANG:-clang}"
strip="${LLVM_STRIP:-llvm-strip}"
for tool in "$clang" "$strip"; do
  command -v "$tool" >/dev/null || { echo "$0: $tool is not installed (Debian: clang, llvm, libbpf-dev)" >&2; exit 3; }
done

# uapi's asm/ headers live in a directory of the machine's architecture; the types that the filter takes from them are the same on all.
arch="$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo "$(uname -m)-linux-gnu")"
cd "$here"
"$clang" -target bpf -mcpu=v3 -O2 -g -std=gnu11 -Wall -Wextra -Werror -Wno-unused-parameter -Wno-address-of-packed-member \
  -ffile-prefix-map="$here"=. -fdebug-prefix-map="$here"=. -idirafter "/usr/include/$arch" -c solana_xdp.bpf.c -o "$out.part"
"$strip" -g "$out.part"
mv "$out.part" "$out"
