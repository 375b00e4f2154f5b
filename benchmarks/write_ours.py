"""One process: a document, or content by our composer, to a file. Arguments: source, file."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.moetepakke import compose, load
from desktop.documents.docx_writer import write_docx
from desktop.filer.atomic import write_atomically

if __name__ == "__main__":
    write_atomically(Path(sys.argv[2]), write_docx(compose(load(Path(sys.argv[1])))).data)
