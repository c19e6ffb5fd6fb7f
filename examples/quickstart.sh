#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to a first report: installs what is missing (Debian 12), builds the program, screens a sample
# patient to the terminal and to an HTML file. A second run takes seconds. Works from any current directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/debian-packages.sh

echo "== 1/3 Packages"
install_missing "${build_packages[@]}"

echo "== 2/3 Build (release, into build/release)"
cmake --preset release --log-level=WARNING
cmake --build --preset release --target fbss_program

echo "== 3/3 A sample patient before a revision operation"
program=build/release/bin/fbss
patient=examples/patients/revision-patient.json
page=build/revision-patient.html
"$program" screen "$patient"
"$program" screen --on "$(date +%F)" --format html "$patient" >"$page"

cat <<END

The same report as a page: $PWD/$page

Try next:
  export PATH="$PWD/build/release/bin:\$PATH"
  fbss ask                 answer the questions yourself, with why each is asked
  fbss show                the questions, the rules in plain words, the sources
  fbss --help              everything else
  tests/run.sh             build and run all tests
END
