"""`motebok verifiser`: is the archive whole, and the log untouched?"""

from __future__ import annotations

import argparse
import json

from desktop.cli.opening import open_archive


def run(arguments: argparse.Namespace) -> int:
    """Check the archive; 1 where something is wrong."""
    with open_archive(arguments.arkiv, read_only=True) as archive:
        found = archive.verify()
    if arguments.json:
        problems = [{"kode": problem.code, "tekst": str(problem)} for problem in found.problems]
        data = {"handlinger": found.operations, "kjede": found.head_hash, "feil": problems}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    elif found.problems:
        print(f"Arkivet har {len(found.problems)} feil:")
        for problem in found.problems:
            print(f"  {problem}")
    else:
        count = "1 handling" if found.operations == 1 else f"{found.operations} handlinger"
        print(f"Arkivet er helt: {count} i loggen, og alt stemmer med den.")
        print(f"Loggens siste kjedeverdi: {found.head_hash}")
    return 1 if found.problems else 0
