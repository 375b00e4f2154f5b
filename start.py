#!/usr/bin/env python3
"""Start Møtebok fra en utsjekket mappe: første gang settes alt opp, siden starter det straks.

python3 start.py                  åpner vinduet
python3 start.py test [VALG …]    installerer det testene trenger, og kjører dem
python3 start.py KOMMANDO …       sender kommandoen videre til `motebok`
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = {"kjoering": ROOT / "laas" / "kjoering.txt", "test": ROOT / "laas" / "test.txt"}
OLDEST, NEWEST = (3, 11), (3, 14)

# What Qt needs on a bare Debian system, and what the tests need besides.
WINDOW_PACKAGES = (
    "fonts-dejavu-core",
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libgssapi-krb5-2",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
DEBIAN_PACKAGES = {
    "kjoering": WINDOW_PACKAGES,
    "test": (*WINDOW_PACKAGES, "fonts-liberation2", "libreoffice-writer-nogui", "poppler-utils"),
}


class SetupError(Exception):
    """The set-up cannot go on; the text says, in Norwegian, why and what to do."""


def say(text: str) -> None:
    """Tell the user what is going on; standard output belongs to the command that is run."""
    print(text, file=sys.stderr, flush=True)


def venv_python() -> Path:
    """Return the interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(job: str) -> str:
    """Return what the environment depends on: the lock, the interpreter and the place."""
    parts = (LOCKS[job].read_bytes(), sys.version.encode(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(job: str) -> Path:
    """Return the file that says a job's set-up is complete."""
    return VENV / f"motebok-{job}.ferdig"


def is_ready(job: str) -> bool:
    """Tell whether a job can start without network."""
    try:
        return stamp(job).read_text() == fingerprint(job) and venv_python().exists()
    except OSError:
        return False


def check_python() -> None:
    """Refuse an interpreter that the dependencies do not support."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(
            f"Møtebok trenger Python {OLDEST[0]}.{OLDEST[1]} til {NEWEST[0]}.{NEWEST[1]}, "
            f"men dette er Python {have}. Installer en av dem, og kjør kommandoen på nytt med den."
        )


def missing_debian_packages(job: str) -> list[str]:
    """Return the packages a Debian system lacks for a job; none on other systems."""
    if not DEBIAN_PACKAGES[job] or not shutil.which("dpkg-query"):
        return []
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *DEBIAN_PACKAGES[job]]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [package for package in DEBIAN_PACKAGES[job] if package not in installed]


def install_debian_packages(packages: list[str]) -> None:
    """Install packages as root, or name them and go on."""
    names = " ".join(packages)
    if os.geteuid() != 0:
        say(f"Disse Debian-pakkene mangler: {names}\nInstaller dem: sudo apt-get install {names}")
        return
    say(f"Installerer Debian-pakker: {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        result = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if result.returncode:
            raise SetupError(f"Debian-pakkene lot seg ikke installere:\n{result.stderr[-2000:]}")


def make_venv() -> None:
    """Make the virtual environment, and put this folder on its path."""
    if not venv_python().exists() or not _has_pip():
        say("Lager .venv …")
        result = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise SetupError(
                "Kunne ikke lage .venv. På Debian og Ubuntu hjelper det å installere pakken "
                f"python3-venv.\n{(result.stdout + result.stderr)[-2000:]}"
            )
    path = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    (Path(path) / "motebok.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _has_pip() -> bool:
    check = [str(venv_python()), "-c", "import pip, sys; print(sys.version)"]
    result = subprocess.run(check, capture_output=True, text=True, check=False)
    return result.returncode == 0 and result.stdout.strip() == sys.version


def install(job: str) -> None:
    """Install the locked dependencies of a job, and leave the stamp."""
    say("Installerer avhengigheter (bare denne ene gangen) …")
    command = [str(venv_python()), "-m", "pip", "install", "--quiet", "--require-hashes"]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(LOCKS[job])]
    result = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if result.returncode:
        raise SetupError(
            "Avhengighetene lot seg ikke installere (se over). Er maskinen på nett? "
            "Kjør kommandoen på nytt; det som er gjort, gjøres ikke om igjen."
        )
    folders = [str(ROOT / "desktop")]
    subprocess.run([str(venv_python()), "-m", "compileall", "-q", *folders], check=False)
    stamp(job).write_text(fingerprint(job))


def prepare(job: str) -> None:
    """Make everything a job needs; nothing where it is there already."""
    check_python()
    missing = missing_debian_packages(job)
    if missing:
        install_debian_packages(missing)
    if is_ready(job):
        return
    make_venv()
    install(job)


def run(arguments: list[str]) -> NoReturn:
    """Run a command in the environment in place of this process, where the system can do that."""
    command = [str(venv_python()), *arguments]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)


def on_all_cores() -> list[str]:
    """Return the pytest options that spread the whole suite over the machine's cores."""
    return ["-n", str(min(8, os.cpu_count() or 1)), "--dist", "worksteal"]


def main() -> int:
    """Set up what the command line asks for and run it; 1 where the set-up fails."""
    arguments = sys.argv[1:]
    try:
        if arguments[:1] == ["test"]:
            prepare("test")
            os.chdir(ROOT)
            run(["-m", "pytest", *(arguments[1:] or on_all_cores())])
        prepare("kjoering")
    except SetupError as error:
        say(str(error))
        return 1
    run(["-P", "-m", "desktop.cli", *arguments] if arguments else ["-P", "-m", "desktop"])


if __name__ == "__main__":
    sys.exit(main())
