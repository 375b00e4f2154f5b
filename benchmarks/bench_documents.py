"""How fast documents are written: `python -m benchmarks.bench_documents`.

Measured is the møtepakke of meeting 4/2023, made once from the example archive and kept as content
(frozen dataclasses). Prints medians and ratios of one run: content to file beside the floor (raw
lxml and zipfile, which gets the composed document), beside docxtpl as whole processes, at ten times
the size, and the memory of a hundred times the size.
"""

from __future__ import annotations

import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.docx_floor import write_floor
from benchmarks.docxtpl_rival import make_template
from benchmarks.moetepakke import compose, keep_content, keep_document, load, repeated
from desktop.documents.docx_writer import write_docx
from desktop.documents.template import own_template
from desktop.filer.atomic import write_atomically

_ROUNDS = 25
_ROUNDS_OF_TEN = 7
_PROCESS_ROUNDS = 15
_TARGETS = {
    "content to file / floor": 2.5,
    "document to file / floor": 2.5,
    "10 x / 1 x": 12.0,
    "ours / docxtpl, processes": 0.5,
    "100 x, MB": 250.0,
}
_HUNDRED = (
    "import json, resource, sys; from pathlib import Path;"
    "from benchmarks.moetepakke import repeated;"
    "from desktop.documents.docx_writer import write_docx;"
    "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
    "document = repeated(Path(sys.argv[1]), 100); before = peak();"
    "data = write_docx(document).data; print(json.dumps([before, peak(), len(data)]))"
)


def _medians_ms(rounds: int, *jobs: Callable[[], object]) -> list[float]:
    """Return the median of each job; the jobs take turns, so that noise hits them alike."""
    times: list[list[float]] = [[] for _ in jobs]
    for turn in range(rounds + 1):
        for job, found in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            if turn:
                found.append((time.perf_counter() - start) * 1000)
    return [statistics.median(found) for found in times]


def _shape(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    characters = sum(map(len, re.findall(r"<w:t[^>]*>([^<]*)", xml)))
    return f"{characters} characters, {xml.count('<w:tbl>')} tables, {len(data)} bytes"


def _statics() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(own_template())) as archive:
        names = ("[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/settings.xml")
        return {name: archive.read(name) for name in names}


def measure_floor(source: Path, folder: Path) -> dict[str, float]:
    """Compare with the floor, and with ten times the content."""
    content, statics, path = load(source), _statics(), folder / "a.docx"
    document, ten = compose(content), repeated(source, 10)
    print(_shape(write_docx(document).data))
    whole, ours, floor = _medians_ms(
        _ROUNDS,
        lambda: write_atomically(path, write_docx(compose(content)).data),
        lambda: write_atomically(path, write_docx(document).data),
        lambda: write_floor(document, path, statics),
    )
    print(f"content to file {whole:.2f} ms, document to file {ours:.2f} ms, floor {floor:.2f} ms")
    one, great = _medians_ms(
        _ROUNDS_OF_TEN,
        lambda: write_atomically(path, write_docx(document).data),
        lambda: write_atomically(path, write_docx(ten).data),
    )
    print(f"1 x {one:.2f} ms, 10 x {great:.1f} ms")
    return {
        "content to file / floor": whole / floor,
        "document to file / floor": ours / floor,
        "10 x / 1 x": great / one,
    }


def measure_processes(source: Path, folder: Path) -> dict[str, float]:
    """Compare whole processes: ours, and docxtpl with the same content as its context.

    Both start from the composed document, and both once more from content that they compose first.
    """
    document, template = folder / "document.pickle", folder / "template.docx"
    keep_document(source, document)
    make_template(template)
    results = {name: folder / f"{name}.docx" for name in ("write_ours", "write_docxtpl")}

    def run(name: str, kept: Path) -> Callable[[], object]:
        arguments = [str(kept), str(results[name]), str(template)]
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        return lambda: subprocess.run(command, check=True, env=_with_bytecode(folder))

    ours, rival, ours_composing, rival_composing = _medians_ms(
        _PROCESS_ROUNDS, *(run(name, kept) for kept in (document, source) for name in results)
    )
    for name, path in results.items():
        print(f"{name}: {_shape(path.read_bytes())}")
    print(f"processes: ours {ours:.0f} ms, docxtpl {rival:.0f} ms")
    print(f"processes that compose: ours {ours_composing:.0f} ms, docxtpl {rival_composing:.0f} ms")
    return {
        "ours / docxtpl, processes": ours / rival,
        "the same, both composing": ours_composing / rival_composing,
    }


def _with_bytecode(folder: Path) -> dict[str, str]:
    """Return the environment with compiled modules for both, as an installed program has them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def measure_memory(source: Path) -> dict[str, float]:
    """Return the peak of a process that makes and writes a hundred times the content."""
    command = [sys.executable, "-c", _HUNDRED, str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    before, peak, size = json.loads(done.stdout)
    print(f"100 x: {before:.0f} MB with the content alone, {peak:.0f} MB written, {size} bytes")
    return {"100 x, MB": peak}


def main() -> None:
    """Run every measurement and hold it beside its target."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "content.pickle"
        keep_content(source)
        found = measure_floor(source, folder) | measure_processes(source, folder)
        found |= measure_memory(source)
    for name, value in found.items():
        print(f"{name:28} {value:8.2f}   {_verdict(name, value)}")


def _verdict(name: str, value: float) -> str:
    most = _TARGETS.get(name)
    if most is None:
        return "(for information)"
    return f"at most {most:g}   {'ok' if value <= most else 'TOO MUCH'}"


if __name__ == "__main__":
    main()
