"""One process: the same to a file by docxtpl. Arguments: source, file, template."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.docxtpl_rival import render
from benchmarks.moetepakke import compose, load

if __name__ == "__main__":
    render(Path(sys.argv[3]), compose(load(Path(sys.argv[1]))), Path(sys.argv[2]))
