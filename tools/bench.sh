#!/usr/bin/env bash
# Speed and memory against QGIS's own toolbox and a plain script, in one run; arguments go on to benchmarks/bench.py.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
export QT_QPA_PLATFORM=offscreen
exec "$ROOT/.venv/bin/python" benchmarks/bench.py "$@"
