# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Lets the scripts of this folder find fbss, also where PATH does not name it; sourced by them from within the folder.
if ! command -v fbss >/dev/null; then
  PATH=$(cd ../.. && pwd)/build/release/bin:$PATH
fi
if ! command -v fbss >/dev/null; then
  echo "There is no fbss yet. Build it first: examples/quickstart.sh" >&2
  exit 1
fi
