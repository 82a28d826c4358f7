#!/usr/bin/env bash
# Trains every architecture on Washington's gunfire with three seeds, scores them on 2016 beside every baseline: the table of docs/architectures.md.
#
#     docs/architectures.sh [--epochs N] [data folder] [network ...]
#
# Run it from the repository root. Models are kept in out/architectures (ARCHITECTURE_MODELS): one that is there is not trained again. --epochs is the most that
# each is given (6); early stopping ends it sooner. A network is an architecture or one of the names below; sftt-full and st-resnet-paper, which take hours, only where asked for.
set -euo pipefail

epochs=6
if [[ ${1-} == --epochs ]]; then
    epochs=$2
    shift 2
fi
data=${1-../shared/data}
shift || true
models=${ARCHITECTURE_MODELS:-out/architectures}
mkdir -p "$models"
architectures=("$@")
[[ $# -gt 0 ]] || architectures=(convlstm-cell biconvlstm st-resnet sftt encoder-decoder gan st-transformer hotspotnet)
reading=(--incidents "$data/dc-gunfire-2006-2016.csv.gz" --time-zone America/New_York)
learning=(--grid 36x36 --area 38.8185,-77.0475,38.9625,-76.9035 --exclude-days 07-01..07-06,12-29..01-02
    --from 2009-01-01 --to 2015-12-31 --train-to 2014-12-31 --validate-to 2015-12-31)

# Sizes other than the default, and what else a network is trained with.
declare -A options=(
    [sftt]='--filters 8,16,32 --features 64 --hidden 64'
    [sftt-full]=''
    [biconvlstm]='--filters 8,8 --layers 2 --hidden 8 --window 8'
    [convlstm-cell]='--maps counts --window 16 --hidden 8 --peephole cell --learning-rate 1e-2 --batch 8 --plateau 1'
    [st-resnet-paper]='--hidden 64 --residual-units 12 --fusion cell --batch 32 --learning-rate 2e-4'
)
declare -A of=([sftt-full]=sftt [convlstm-cell]=convlstm [st-resnet-paper]=st-resnet)

compared=()
for architecture in "${architectures[@]}"; do
    # hotspotnet's schedule reaches its end in the epochs that it is made for.
    limit=(--epochs "$epochs" --patience 3)
    [[ $architecture == hotspotnet ]] && limit=()
    for seed in 1 2 3; do
        model=$models/$architecture-$seed.onnx
        [[ -f $model ]] || ./hotspot train --architecture "${of[$architecture]-$architecture}" --threads 1 --seed "$seed" "${limit[@]}" "${reading[@]}" "${learning[@]}" ${options[$architecture]-} \
            --name "$architecture, seed $seed" --out "$model" --json >"${model%.onnx}.json"
        compared+=(--models "$model")
    done
done
./hotspot compare "${reading[@]}" "${compared[@]}" --from 2016-01-01 --to 2016-12-28 --markdown "$models/scores.md" --json "$models/scores.json"

# Seconds of all epochs, from the table that training writes beside a model.
for architecture in "${architectures[@]}"; do
    for seed in 1 2 3; do
        awk -F, -v name="$architecture, seed $seed" 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next } { seconds += $column["seconds"]; epochs++ }
            END { printf "%s: %d epochs, %.1f min\n", name, epochs, seconds / 60 }' "$models/$architecture-$seed.training.csv"
    done
done
