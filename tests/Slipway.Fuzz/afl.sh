#!/usr/bin/env bash
# Fuzzes by coverage: afl-fuzz (Debian: afl++) drives the laws on instrumented copies of Slipway.Core and YamlDotNet.
#   tests/Slipway.Fuzz/afl.sh [SECONDS] [FOLDER]     finds go to FOLDER/out/default/crashes and .../hangs
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
seconds="${1:-300}" folder="$(mkdir -p "${2:-afl}" && cd "${2:-afl}" && pwd)"
command -v afl-fuzz >/dev/null || { echo "afl-fuzz is missing: apt-get install afl++" >&2; exit 1; }
rm -rf "$folder/program" "$folder/in"
dotnet publish "$here" -c Release -v q -nologo -o "$folder/program"
# Before the assemblies are changed: afterwards they run under afl-fuzz only.
"$folder/program/Slipway.Fuzz" seeds "$folder/in"
[ -x "$folder/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$folder/tool" -v q
for assembly in Slipway.Core YamlDotNet; do "$folder/tool/sharpfuzz" "$folder/program/$assembly.dll"; done
# The program is not built by afl's compiler and starts a runtime: no check of the binary, room for its memory.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 DOTNET_TieredCompilation=0
afl-fuzz -V "$seconds" -t 20000 -m none -i "$folder/in" -o "$folder/out" -- "$folder/program/Slipway.Fuzz" afl
