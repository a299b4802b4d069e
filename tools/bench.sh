#!/usr/bin/env bash
# Speed and memory against QGIS's own toolbox, in one run; numbers of tanks may be given (default: 10000 100000).
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
export QT_QPA_PLATFORM=offscreen
exec "$ROOT/.venv/bin/python" benchmarks/bench.py "$@"
