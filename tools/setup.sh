#!/usr/bin/env bash
# Prepares a Debian machine for the project: QGIS from Debian's packages, a virtual environment over Debian's Python.
# Does nothing when both stand and the project's files that name them are unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=${VENV:-.venv}
STAMP=$VENV/.ready
WANTED=$(cat tools/apt-packages.txt pyproject.toml tools/setup.sh | sha256sum | cut -d' ' -f1)
[ "$(cat "$STAMP" 2>/dev/null)" = "$WANTED" ] && exit 0

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

mapfile -t packages < <(grep -v '^#' tools/apt-packages.txt)
if ! dpkg-query -W -f '${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | grep -qx installed ||
  [ "$(dpkg-query -W -f '${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | grep -cx installed)" != "${#packages[@]}" ]; then
  echo "Installing QGIS and what the tests need from Debian's packages…"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# Debian's Python is the one that has the qgis module; another python3 may come first on PATH.
/usr/bin/python3 -m venv --system-site-packages --clear "$VENV"
"$VENV/bin/python" - <<'PY' >"$VENV/requirements.txt"
import tomllib

with open("pyproject.toml", "rb") as stream:
    groups = tomllib.load(stream)["dependency-groups"]
print("\n".join(groups["run"] + groups["dev"]))
PY
"$VENV/bin/pip" install --quiet --disable-pip-version-check -r "$VENV/requirements.txt"
echo "$WANTED" >"$STAMP"
