#!/usr/bin/env bash
# image/build.sh [ARGUMENTS]: compiles the filter, publishes the agent, and makes the system extension's image of both.
# Arguments go to `slipway extension build`. What it leaves: artifacts/bpf, artifacts/agent, and slipway-xdp.tar here.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

bash "$root/bpf/build.sh" "$root/artifacts/bpf"
# Static NativeAOT: needs clang, lld, libbpf-dev, libelf-dev and zlib1g-dev.
dotnet publish "$root/src/Slipway.Agent" -c Release -o "$root/artifacts/agent" -v q -nologo
dotnet run --project "$root/src/Slipway.Cli" -c Release -- extension build \
  --agent "$root/artifacts/agent/xdp-agent" --object "$root/artifacts/bpf/solana_xdp.bpf.o" "$@"
