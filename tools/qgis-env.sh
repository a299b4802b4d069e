# Sourced by the tools: a QGIS profile of the project's own under build/, with the plugin in it, and the venv's packages.
# The plugin stands in the profile as a link to this checkout, under its package's name.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export QGIS_CUSTOM_CONFIG_PATH=${QGIS_CUSTOM_CONFIG_PATH:-$ROOT/build/qgis}
export PYTHONPATH=$("$ROOT/.venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
export PYTHONDONTWRITEBYTECODE=1 QT_LOGGING_RULES='*.debug=false' XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$ROOT/build/runtime}
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"

profile=$QGIS_CUSTOM_CONFIG_PATH/profiles/default
mkdir -p "$profile/python/plugins"
[ -e "$profile/python/plugins/leachwatch" ] || ln -s "$ROOT" "$profile/python/plugins/leachwatch"

# Debian 12's wrapper of this name fails; the program itself is called qgis_process.bin there.
QGIS_PROCESS=$(command -v qgis_process.bin || command -v qgis_process)

qgis_process() { QT_QPA_PLATFORM=offscreen "$QGIS_PROCESS" "$@"; }
