#!/usr/bin/env bash
# Takes the pictures of the README and the docs in a real QGIS window under Xvfb, on the synthetic sample.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
mkdir -p docs/images
export QGIS_CUSTOM_CONFIG_PATH=$ROOT/build/pictures LEACHWATCH_PICTURES=$ROOT/docs/images LEACHWATCH_TOOLS=$ROOT/tools

take() {  # SCRIPT [THEME]
  rm -rf "$QGIS_CUSTOM_CONFIG_PATH"
  . tools/qgis-env.sh
  LEACHWATCH_THEME=${2:-} timeout 180 xvfb-run -a -s "-screen 0 1366x768x24" \
    qgis --nologo --noversioncheck --lang en --profiles-path "$QGIS_CUSTOM_CONFIG_PATH" \
    --code "$ROOT/tools/$1" 2>"$QGIS_CUSTOM_CONFIG_PATH/log.txt" || { tail -n 20 "$QGIS_CUSTOM_CONFIG_PATH/log.txt"; exit 1; }
}

take take_pictures.py
take take_dock_pictures.py
take take_dock_pictures.py "Night Mapping"
for picture in docs/images/*.png; do convert "$picture" +dither -colors 256 -define png:exclude-chunks=date,time "$picture"; done
ls -l docs/images
