#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds the benchmarks, runs them beside the peers that are installed, and prints Markdown tables on stdout.
#   tests/bench/run.sh                          all of them
#   PEERS=DIR tests/bench/run.sh single         one of single, compile, responses, charts, forms; DIR holds the peers' node_modules
# SHARED is the folder with cases/ and bench/ (default: ../shared beside the project), BUILD that of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source cmake/debian-packages.sh

shared=${SHARED:-../shared}
build=${BUILD:-build/bench}

install_missing "${build_packages[@]}" python3 >&2
cmake -S . -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release -DFBSS_BENCH=ON -DFBSS_TESTS=OFF \
  -DFBSS_APPS=OFF >&2
cmake --build "$build" --target bench >&2
exec python3 tests/bench/compare.py "$build/bin" "$shared" "$build" "$@"
