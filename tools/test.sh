#!/usr/bin/env bash
# Every test. The unit tests run first in processes of their own, in which qgis cannot be imported.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
python=$ROOT/.venv/bin/python
export QT_QPA_PLATFORM=offscreen
LEACHWATCH_NO_QGIS=1 "$python" -m pytest tests/unit -p no:pytest_qgis -n auto "$@"
"$python" -m pytest tests/qgis -n auto "$@"
# Windows and clocks: one at a time.
"$python" -m pytest tests/gui tests/e2e "$@"
