#!/usr/bin/env bash
# Sets up what is missing and runs the tests: the quick ones, or with --all also those of [Trait("Category", "Slow")].
# `--refresh` asks the package feeds again. The last line sums up; the exit code is 0 only where tests ran and none failed.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$root/substitutes/setup.sh"

all= refresh=
for argument; do
    case $argument in
        --all) all=$argument ;;
        --refresh) refresh=$argument ;;
        *) die "Unknown option '$argument'; expected --all or --refresh." ;;
    esac
done
set_up "$refresh"
set_up_pages
# The pages that the tool writes are tested in a browser; who is not root brings one along, and without any those tests fail and say so.
[[ -n ${HOTSPOT_CHROMIUM-} || $(id -u) != 0 ]] || is_there chromium || install_package chromium

# 8 is a project's "no test ran": right where all of its tests are slow. Whether any ran at all is looked at below.
options=(--solution HotspotInference.sln -c Release --no-progress --no-ansi --ignore-exit-code 8)
[[ -n $all ]] || options+=(--filter-not-trait Category=Slow)

cd "$root"
log=$state/test.log
status=0
DOTNET_CLI_UI_LANGUAGE=en dotnet test "${options[@]}" </dev/null 2>&1 | tee "$log" || status=$?

# count NAME: from the runner's closing summary, which leaves out what is zero.
count() { sed -n '/^Test run summary/,$s/^ *'"$1"': \([0-9]*\).*/\1/p' "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped) crashed=$(count error)
# A test host that crashed is an "error" of the runner, beside "failed: 0".
failed=$((${failed:-0} + ${crashed:-0}))
if ((${passed:-0} + failed == 0)); then
    echo "No test ran."
    status=1
fi
((failed == 0 || status != 0)) || status=1
echo "${passed:-0} passed, $failed failed, ${skipped:-0} skipped"
exit "$status"
