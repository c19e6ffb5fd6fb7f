#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes examples/report.png, the picture in README.md: the sample patient's HTML report in headless Chromium (Debian:
# chromium). Run examples/quickstart.sh first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
build/release/bin/fbss screen --format html --on 2026-11-21 examples/patients/revision-patient.json \
  >"$folder/report.html"
# Chromium refuses its own sandbox to root; the page is ours and loads nothing.
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$folder/profile" \
  --window-size=900,1085 --screenshot="$folder/report.png" "file://$folder/report.html" 2>"$folder/log" ||
  { cat "$folder/log" >&2; exit 1; }
mv "$folder/report.png" examples/report.png
echo "examples/report.png"
