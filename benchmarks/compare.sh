#!/usr/bin/env bash
# Measures HotspotInference beside what a user would pick instead, all in turns: PyTorch and pandas (Debian's python3-torch and python3-pandas), onnxruntime-node (npm).
#
#     benchmarks/compare.sh [--seconds N] [--quick] [incidents.csv]
#
# Run it on a machine that does nothing else. What is missing is left out and said. HOTSPOT_PYTHON names another python3. The file, with columns timestamp, latitude and
# longitude, is measured from CSV to windows; without one a city is simulated.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/substitutes/setup.sh"

set_up "" TorchSharp
peers=$root/benchmarks/peers
# Its install script fetches libraries for graphics cards, which this does without.
[[ -d $peers/node_modules/onnxruntime-node ]] || npm ci --prefix "$peers" --ignore-scripts --no-audit --no-fund >&2 || say "onnxruntime-node is left out."
options=() incidents=()
while (($#)); do
    case $1 in
        --seconds) options+=("$1" "${2-}"); shift ;;
        --quick) options+=("$1") ;;
        -*) die "Unknown option '$1'; expected --seconds or --quick." ;;
        *) incidents=("$(readlink -f "$1")") ;;
    esac
    shift
done
quietly dotnet build -c Release -v quiet "$root/benchmarks/HotspotInference.Benchmarks"
exec dotnet "$root/benchmarks/HotspotInference.Benchmarks/bin/Release/net10.0/HotspotInference.Benchmarks.dll" compare "$peers" "${incidents[@]}" "${options[@]}"
