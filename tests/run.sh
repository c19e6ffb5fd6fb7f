#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing (Debian 12), builds everything and runs all tests through ctest.
#   tests/run.sh                      the release build
#   tests/run.sh --sanitize           the development build, under AddressSanitizer and UndefinedBehaviorSanitizer
#   tests/run.sh -R fhirpath          other words go to ctest
# A second run takes seconds. Works from any current directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/debian-packages.sh

preset=release
if [[ ${1:-} == --sanitize ]]; then
  preset=dev
  shift
fi

echo "== 1/3 Packages"
install_missing "${build_packages[@]}" "${test_packages[@]}"

echo "== 2/3 Build ($preset, into build/$preset)"
cmake --preset "$preset" --log-level=WARNING
cmake --build --preset "$preset"

echo "== 3/3 Tests"
if ! ctest --preset "$preset" --parallel "$(nproc)" "$@"; then
  echo "Try next: ctest --preset $preset --rerun-failed" >&2
  exit 1
fi
if [[ $preset == release ]]; then
  echo "Try next: tests/run.sh --sanitize, or examples/quickstart.sh for a first report" >&2
else
  echo "Try next: examples/quickstart.sh for a first report" >&2
fi
