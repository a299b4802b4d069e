#!/usr/bin/env bash
# A real QGIS with the plugin and the synthetic sample, in a profile of its own.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
exec qgis --nologo --noversioncheck --profiles-path "$QGIS_CUSTOM_CONFIG_PATH" --code "$ROOT/tools/open_sample.py" "$@"
