#!/usr/bin/env bash
# Prepares a Debian machine for the project: QGIS from Debian's packages, a virtual environment over Debian's Python.
# Does nothing where both stand as the project's files want them.
set -euo pipefail
cd "$(dirname "$0")/.."
VENV=.venv
STAMP=$VENV/.ready

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
installed() { dpkg-query -W -f '${db:Status-Status}\n' "$@" 2>/dev/null | grep -cx installed || true; }

# PostgreSQL is for the tests, which start a server of their own: while it is installed, Debian's scripts make none.
make_no_server() {
  local folder=/etc/postgresql-common/createcluster.d
  as_root mkdir -p "$folder"
  echo "create_main_cluster = false" | as_root tee "$folder/leachwatch.conf" >/dev/null
  trap 'as_root rm -f '"$folder"'/leachwatch.conf' EXIT
}

mapfile -t packages < <(grep -v '^#' tools/apt-packages.txt)
if [ "$(installed "${packages[@]}")" != "${#packages[@]}" ]; then
  echo "Installing QGIS and what the tests need from Debian's packages…"
  as_root apt-get update -qq
  make_no_server
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# Debian's Python is the one that has the qgis module; another python3 may come first on PATH.
requirements=$(/usr/bin/python3 - <<'PY'
import tomllib

with open("pyproject.toml", "rb") as stream:
    groups = tomllib.load(stream)["dependency-groups"]
print("\n".join(groups["run"] + groups["dev"]))
PY
)
[ "$(cat "$STAMP" 2>/dev/null)" = "$requirements" ] && exit 0
echo "Preparing the virtual environment…"
[ -x "$VENV/bin/pip" ] || /usr/bin/python3 -m venv --system-site-packages "$VENV"
"$VENV/bin/pip" install --quiet --disable-pip-version-check -r /dev/stdin <<<"$requirements"
echo "$requirements" >"$STAMP"
