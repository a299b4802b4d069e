#!/usr/bin/env bash
# Every test. The unit tests run first in processes of their own, in which qgis cannot be imported.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
python=$ROOT/.venv/bin/python
export QT_QPA_PLATFORM=offscreen
LEACHWATCH_NO_QGIS=1 "$python" -m pytest tests/unit -p no:pytest_qgis -n auto "$@"
"$python" -m pytest tests/qgis tests/gui -n auto "$@"
# Each worker has a profile, a package and displays of its own.
"$python" -m pytest tests/e2e -n auto --dist loadgroup "$@"
