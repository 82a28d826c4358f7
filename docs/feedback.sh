#!/usr/bin/env bash
# A feedback loop in small, for docs/responsible-use.md: a simulated city of which one year is recorded evenly, one incident in two. Then every
# quarter a model is fitted to what was recorded, and marks the 51 of 1,024 cells (5%) of the highest risk. Where we look, every incident of the
# quarter is recorded, elsewhere still one in two; beside it the same city recorded evenly throughout.
#     docs/feedback.sh FOLDER [OPTION OF hotspot simulate]...
set -euo pipefail
hotspot=$(cd "$(dirname "$0")/.." && pwd)/hotspot
cd "$1"
shift

grid="--area 44.94,-30.08,45.06,-29.92 --grid 32x32"
quarters=(2016-01-01 2016-04-01 2016-07-01 2016-10-01 2017-01-01 2017-04-01 2017-07-01 2017-10-01 2018-01-01)
"$hotspot" simulate --seed 7 --days 1096 --out city.csv "$@" >simulate.txt

# record MODE FROM TO: adds the quarter's recorded rows to recorded.csv, and says which share of all and of the recorded incidents fell into the
# marked cells. Each incident keeps its coin, whatever is marked.
record() {
    awk -F, -v mode="$1" -v from="$2" -v to="$3" '
        BEGIN { srand(1) }
        NR == FNR { marked[$0] = 1; next }
        FNR == 1 { next }
        {
            coin = rand(); day = substr($1, 1, 10)
            if (day < from || day >= to) next
            hot = (int((45.06 - $2) / 0.12 * 32) "," int(($3 + 30.08) / 0.16 * 32)) in marked
            all++; hot_all += hot
            if (coin < 0.5 || (mode == "marked" && hot)) { print >>"recorded.csv"; recorded++; hot_recorded += hot }
        }
        END { printf "%-7s %s  of all %.3f  of recorded %.3f", mode, from, hot_all / all, hot_recorded / recorded }' marked city.csv
}

for mode in evenly marked; do
    head -n 1 city.csv >recorded.csv
    echo none >marked
    record evenly 2015-01-01 2016-01-01 >year.txt
    for ((q = 0; q < ${#quarters[@]} - 1; q++)); do
        from=${quarters[q]} to=${quarters[q + 1]}
        "$hotspot" fit --quiet --incidents recorded.csv $grid --from 2015-01-01 --to "$(date -u -d "$from - 1 day" +%F)" --out model.onnx >fit.txt
        "$hotspot" forecast --quiet --model model.onnx --incidents recorded.csv --at "$from" --out forecast >forecast.txt
        # Rows of the ASCII grid come from the north, behind seven lines of header.
        awk 'NR > 7 { for (i = 1; i <= NF; i++) print $i, NR - 8 "," i - 1 }' "forecast/forecast-$from.asc" | sort -k1,1gr | awk 'NR <= 51 { print $2 }' >marked
        ((q > 0)) || cp marked first.$mode
        record $mode "$from" "$to"
        echo "  still marked $(sort marked first.$mode | uniq -d | wc -l) of 51"
    done
done
