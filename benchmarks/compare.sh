#!/usr/bin/env bash
# Measures HotspotInference beside what a user would pick instead, all in turns: PyTorch and pandas (Debian's python3-torch and python3-pandas), onnxruntime-node (npm).
#
#     benchmarks/compare.sh [--seconds N] [--quick] [--training] [incidents.csv]
#
# Run it on a machine that does nothing else. What is missing is left out and said. HOTSPOT_PYTHON names another python3. The file, with columns timestamp, latitude and
# longitude, is measured from CSV to windows; without one a city is simulated. --training also measures training steps beside PyTorch's.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/substitutes/setup.sh"

peers=$root/benchmarks/peers
# Its install script fetches libraries for graphics cards, which this does without.
[[ -d $peers/node_modules/onnxruntime-node ]] || npm ci --prefix "$peers" --ignore-scripts --no-audit --no-fund >&2 || say "onnxruntime-node is left out."
options=() incidents=() without=TorchSharp
while (($#)); do
    case $1 in
        --seconds) options+=("$1" "${2-}"); shift ;;
        --quick) options+=("$1") ;;
        --training) without= ;;
        -*) die "Unknown option '$1'; expected --seconds, --quick or --training." ;;
        *) incidents=("$(readlink -f "$1")") ;;
    esac
    shift
done
set_up "" ${without:+"$without"}
if [[ -z $without ]]; then
    quietly dotnet build -c Release -v quiet "$root/src/HotspotInference.Training"
    options+=(--trainer "$root/src/HotspotInference.Training/bin/Release/net10.0/hotspot-train.dll")
fi
quietly dotnet build -c Release -v quiet "$root/benchmarks/HotspotInference.Benchmarks"
exec dotnet "$root/benchmarks/HotspotInference.Benchmarks/bin/Release/net10.0/HotspotInference.Benchmarks.dll" compare "$peers" "${incidents[@]}" "${options[@]}"
