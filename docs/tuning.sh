#!/usr/bin/env bash
# Prints the rows of docs/tuning.md that compare Bayesian with random search: two known functions (seconds), and a small study (some minutes; REPEATS studies
# of each kind). Run it from the repository root, after ./test.sh has built the tests.
set -euo pipefail

tests=tests/HotspotInference.Training.Tests/bin/Release/net10.0/HotspotInference.Training.Tests
OMP_NUM_THREADS=1 REPEATS=${REPEATS:-10} "$tests" --filter-class '*KnownFunctionTests' --filter-class '*SmallStudyTests' --output detailed |
    grep -E 'median'
