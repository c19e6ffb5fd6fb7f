# SPDX-License-Identifier: Apache-2.0
# What fbss needs from Debian 12, and how it gets there; sourced by examples/quickstart.sh and tests/run.sh.
# shellcheck shell=bash disable=SC2034

build_packages=(
  g++ cmake ninja-build
  nlohmann-json3-dev libsimdjson-dev libutf8proc-dev libmd-dev libre2-dev libkainjow-mustache-dev
  libboost-dev libboost-program-options-dev
)
test_packages=(doctest-dev pkg-config)

# apt_get ARGUMENT…: as root and without questions; waits up to ten minutes for another apt or dpkg to finish.
apt_get() {
  local as_root=() log tries
  if ((EUID != 0)); then as_root=(sudo); fi
  log=$(mktemp)
  # apt waits for dpkg's lock by itself, for those of its lists and its archive it does not.
  for ((tries = 0; tries < 120; ++tries)); do
    if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" >"$log" 2>&1; then
      rm -f "$log"
      return 0
    fi
    if ! grep -q 'Could not get lock' "$log"; then break; fi
    if ((tries == 0)); then echo "   another package manager is at work; waiting for it"; fi
    sleep 5
  done
  cat "$log" >&2
  rm -f "$log"
  return 1
}

# install_missing PACKAGE…: says what is missing and installs it; says nothing and does nothing where all is there.
install_missing() {
  local missing=() package
  if ! command -v apt-get >/dev/null; then
    echo "   no apt-get here; going on with what is installed (needed, under Debian's names: $*)"
    return 0
  fi
  for package in "$@"; do
    if [[ $(dpkg-query -W -f '${db:Status-Status} ' "$package" 2>/dev/null) != installed* ]]; then
      missing+=("$package")
    fi
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing, and there is neither root nor sudo to install them:" >&2
    echo "  ${missing[*]}" >&2
    echo "Install them as root: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "   installing from Debian: ${missing[*]}"
  apt_get update && apt_get install --no-install-recommends "${missing[@]}"
}
