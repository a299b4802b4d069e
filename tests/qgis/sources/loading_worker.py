"""Loads tanks from one file after another in a process of its own, so that a crash of GDAL is seen and survived.

Run as a script: takes a path a line, answers each with a line of JSON.
"""

from __future__ import annotations

import json
import resource
import runpy
import sys
import traceback
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_MOST_BYTES = 4 * 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    runpy.run_path(str(_ROOT / "conftest.py"))
    from leachwatch.sources.errors import SourceError
    from leachwatch.sources.points.usgs import load_tanks

    def load(path: str) -> dict[str, object]:
        try:
            loaded = load_tanks(path)
        except SourceError as error:
            return {"refused": str(error)}
        except BaseException:
            return {"fault": traceback.format_exc()}
        return {"rows": loaded.rows_read, "parts": [len(loaded.tanks), loaded.folded, len(loaded.rejected)]}

    for line in sys.stdin:
        print("ANSWER " + json.dumps(load(line.rstrip("\n"))), flush=True)


if __name__ == "__main__":
    main()
