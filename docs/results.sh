#!/usr/bin/env bash
# Writes docs/results.md from docs/results/<set>.md and .svg: a network trained on each data set, beside every baseline, over days that none of them has seen.
#
#     docs/results.sh [--fit] [data folder] [set ...]
#
# Run it from the repository root. Sets: dc chicago nyc toronto charlottesville sthsl-chi sthsl-nyc; all by default. Models are kept in out/models
# (RESULTS_MODELS): one that is there is not trained again. --fit takes the history model instead of a network: seconds instead of minutes.
# Grids that are not given are chosen by the incidents before the scored days.
set -euo pipefail

architecture=hotspotnet
if [[ ${1-} == --fit ]]; then
    architecture=
    shift
fi
data=${1-../shared/data}
shift || true
models=${RESULTS_MODELS:-out/models}
mkdir -p "$models" docs/results

# A command as it would be typed, without where files lie here.
show() {
    local text= argument
    for argument; do
        argument=${argument#"$data/"}
        [[ $argument == *[\ \*\;]* ]] && argument="'$argument'"
        text+="$argument "
    done
    printf '    %s\n' "${text% }"
}

# result SET TITLE [SHIPPED MODEL]: uses the arrays reading, maps and learning, and scored=(first last).
result() {
    local set=$1 title=$2 shipped=${3-} model=$models/$1${architecture:+-$architecture}.onnx
    [[ $shipped && $architecture ]] && model=onnx/$shipped.onnx
    local learn=(fit)
    [[ $architecture ]] && learn=(train --architecture "$architecture" --threads 1)
    learn+=("${reading[@]}" "${maps[@]}" "${learning[@]}")
    local compare=(compare "${reading[@]}" --from "${scored[0]}" --to "${scored[1]}")
    [[ -f $model ]] || ./hotspot "${learn[@]}" --out "$model"
    ./hotspot "${compare[@]}" --models "$model" --json "$models/$set.json" --markdown "$models/$set.md" --svg "docs/results/$set.svg"
    {
        printf '## %s\n\n' "$title"
        if [[ $model == onnx/* ]]; then
            printf 'The model that is shipped: [its card](../%s.md) says how it was made.\n\n' "${model%.onnx}"
            show ./hotspot "${compare[@]}" --models "$model"
        else
            show ./hotspot "${learn[@]}" --out "$(basename "$model")"
            show ./hotspot "${compare[@]}" --models "$(basename "$model")"
        fi
        echo
        cat "$models/$set.md"
        # As seen from docs/results.md, which holds all of these.
        printf '\n![Hit rate by share of the area flagged: %s](results/%s.svg)\n' "$title" "$set"
    } >"docs/results/$set.md"
}

# learns HISTORY-FROM TRAIN-TO VALIDATE-TO: nothing behind validation is read when learning.
learns() {
    spans=(--train-to "$2" --validate-to "$3")
    learning=(--from "$1" --to "$3" "${spans[@]}")
}

dc() {
    reading=(--incidents "$data/dc-gunfire-2006-2016.csv.gz" --time-zone America/New_York)
    maps=(--area 38.8185,-77.0475,38.9625,-76.9035 --grid 36x36 --exclude-days 07-01..07-06,12-29..01-02)
    learns 2009-01-01 2014-12-31 2015-12-31
    scored=(2016-01-01 2016-12-28)
    result dc 'Washington DC: gunfire' dc-gunfire-daily
}

chicago() {
    reading=(--incidents "$data/chicago-2016-2017q3-4types.csv.gz")
    maps=(--grid 48x48 --kinds 'theft=THEFT; battery=BATTERY; assault=ASSAULT; damage=CRIMINAL DAMAGE')
    learns 2016-01-01 2016-10-31 2016-12-31
    scored=(2017-01-01 2017-09-30)
    result chicago 'Chicago: theft, battery, assault, criminal damage' chicago-crime-daily
}

nyc() {
    reading=(--incidents "$data/nyc-felonies-2014-2015q3-4types.csv.gz")
    maps=(--grid 48x48 --kinds 'larceny=GRAND LARCENY; assault=FELONY ASSAULT; robbery=ROBBERY; burglary=BURGLARY')
    learns 2014-01-01 2014-10-31 2014-12-31
    scored=(2015-01-01 2015-09-30)
    result nyc 'New York: grand larceny, felony assault, robbery, burglary' nyc-felonies-daily
}

toronto() {
    reading=(--incidents "$data/toronto-shootings-2004-2022.csv.gz")
    maps=(--grid 32x32)
    learns 2004-01-01 2018-12-31 2019-12-31
    scored=(2020-01-01 2022-06-30)
    result toronto 'Toronto: shootings'
}

charlottesville() {
    reading=(--incidents "$data/charlottesville-2014-2019.csv.gz")
    maps=(--grid 24x24)
    learns 2014-09-29 2017-12-31 2018-06-30
    scored=(2018-07-01 2019-09-27)
    result charlottesville 'Charlottesville: all offences'
}

# Tensors of counts: cells of 1/37 x 1/28 degree somewhere neutral, as the reader's note says.
sthsl-chi() {
    reading=(--incidents "$data/sthsl-chi-trn.csv.gz" --first-day 2016-01-01 --incidents "$data/sthsl-chi-val.csv.gz" --first-day 2017-09-01)
    maps=(--area 40,0,40.37837837837838,0.42857142857142855 --grid 14x12 --kinds 0,1,2,3)
    learns 2016-01-01 2017-07-02 2017-08-31
    scored=(2017-09-01 2017-09-30)
    result sthsl-chi 'ST-HSL: Chicago'
}

sthsl-nyc() {
    reading=(--incidents "$data/sthsl-nyc-trn.csv.gz" --first-day 2014-01-01 --incidents "$data/sthsl-nyc-val.csv.gz" --first-day 2015-09-01)
    maps=(--area 40,0,40.432432432432435,0.5714285714285714 --grid 16x16 --kinds 0,1,2,3)
    learns 2014-01-01 2015-07-02 2015-08-31
    scored=(2015-09-01 2015-09-30)
    result sthsl-nyc 'ST-HSL: New York'
}

sets=("$@")
[[ $# -gt 0 ]] || sets=(dc chicago nyc toronto charlottesville sthsl-chi sthsl-nyc)
for set in "${sets[@]}"; do
    case $set in
        dc | chicago | nyc | toronto | charlottesville | sthsl-chi | sthsl-nyc) "$set" ;;
        *) echo "results.sh: '$set' is no set" >&2; exit 2 ;;
    esac
done

# The page: what it says in words, then every part.
parts=()
for set in dc chicago nyc toronto charlottesville sthsl-chi sthsl-nyc; do
    [[ -f docs/results/$set.md ]] || { echo "results.sh: docs/results.md is left as it was; '$set' is still to be done" >&2; exit 0; }
    parts+=("docs/results/$set.md")
done
for part in docs/results/intro.md "${parts[@]}"; do
    cat "$part"
    echo
done >docs/results.md
