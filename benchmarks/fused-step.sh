#!/usr/bin/env bash
# Measures a ConvLSTM step in C++ (benchmarks/fused-step, a trial that is part of no package) beside this library's graphs and the processor's own pace, in turns.
#
#     benchmarks/fused-step.sh [--seconds N] [--quick] [8] [16] [32]
#
# Run it on a machine that does nothing else. Needs g++ 12 or newer and a processor with AVX-512, VNNI and BF16. The numbers are channels: all
# three without any. --quick starts one process of each, not two.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/substitutes/setup.sh"

command -v g++ >/dev/null || die "g++ is missing. Install it, as by apt-get install g++, and run this again."
for flag in avx512f avx512vl avx512bw avx512dq avx512_vnni avx512_bf16; do
    grep -qw "$flag" /proc/cpuinfo 2>/dev/null || die "This processor lacks $flag; the program needs AVX-512 with VNNI and BF16."
done
options=()
while (($#)); do
    case $1 in
        --seconds) options+=("$1" "${2-}"); shift ;;
        --quick|8|16|32) options+=("$1") ;;
        *) die "Unknown option '$1'; expected --seconds, --quick, 8, 16 or 32." ;;
    esac
    shift
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# GCC 12 takes its own headers' undefined registers for a mistake.
g++ -std=c++20 -O3 -march=x86-64-v4 -mavx512vnni -mavx512bf16 -pthread -Wall -Wextra -Wno-uninitialized -Wno-maybe-uninitialized \
    "$root/benchmarks/fused-step/fused_step.cpp" -o "$folder/fused-step"
g++ --version | head -n 1 >&2
set_up "" TorchSharp
quietly dotnet build -c Release -v quiet "$root/benchmarks/HotspotInference.Benchmarks"
dotnet "$root/benchmarks/HotspotInference.Benchmarks/bin/Release/net10.0/HotspotInference.Benchmarks.dll" fused "$folder/fused-step" "${options[@]}"
