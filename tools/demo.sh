#!/usr/bin/env bash
# The main job on the synthetic sample, by qgis_process: load, expansion 2020 to 2024, township summary.
set -euo pipefail
. "$(dirname "$0")/qgis-env.sh"
cd "$ROOT"
started=$SECONDS
OUT=demo-output
rm -rf "$OUT" && mkdir -p "$OUT"
SAMPLE=resources/sample
GPKG=$OUT/leachwatch_synthetic_sample.gpkg

# It fails where the plugin is enabled already; where it could not be, the next step says so.
qgis_process plugins enable leachwatch >"$OUT/log.txt" 2>&1 || true

step() { # title, then the algorithm and its parameters
  echo "· $1"
  shift
  if ! qgis_process run "leachwatch:$1" "${@:2}" >>"$OUT/log.txt" 2>&1; then
    tail -n 20 "$OUT/log.txt" >&2
    echo "The demo stopped; its log is $OUT/log.txt" >&2
    exit 1
  fi
}
into() { echo "ogr:dbname='$GPKG' table=\"$1\" (geom)"; }
table() { echo "ogr:dbname='$GPKG' table=\"$1\""; }

step "Load the tanks (synthetic)" loadusgstanks --INPUT="$SAMPLE/tanks_synthetic_sample.geojson" \
  --OUTPUT="$(into tanks_synthetic_sample)"
step "Load the townships (schematic)" loadtownships --INPUT="$SAMPLE/townships_synthetic_sample.geojson" \
  --OUTPUT="$(into townships_synthetic_sample)"
TANKS="$GPKG|layername=tanks_synthetic_sample"
UNITS="$GPKG|layername=townships_synthetic_sample"
step "Expansion of sites, end of 2020 to end of 2024" siteexpansion --TANKS="$TANKS" --UNITS="$UNITS" \
  --START_YEAR=2020 --END_YEAR=2024 --SITES="$(into sites_2020_2024)" --GROWTH="$(into ground_gained_2020_2024)" \
  --LOSS="$(into ground_given_up_2020_2024)" --SUMMARY="$(table summary_2020_2024)" --HTML="$OUT/site-expansion.html"
step "Township summary, 2020 to 2024" townshipsummary --TANKS="$TANKS" --UNITS="$UNITS" \
  --START_YEAR=2020 --END_YEAR=2024 --UNITS_OUT="$(into townships_summary)" --YEARLY="$(table townships_by_year)" \
  --HTML="$OUT/townships.html"
echo "· Styles, map, headline"
QT_QPA_PLATFORM=offscreen "$ROOT/.venv/bin/python" tools/demo_map.py "$GPKG" "$OUT/map.png"
echo "
In $OUT/:
  $(basename "$GPKG")   all layers and tables, styled
  site-expansion.html, townships.html   the reports
  map.png   the map
  log.txt   what qgis_process said
All of it is of the synthetic sample: every tank is invented.  ($((SECONDS - started)) s)"
