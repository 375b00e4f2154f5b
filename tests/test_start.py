"""start.py: what it decides before it runs anything."""

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def start():
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(start, tmp_path, monkeypatch):
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    monkeypatch.setattr(start, "venv_python", lambda: tmp_path / ".venv" / "bin" / "python")
    start.venv_python().touch()
    return start


def test_that_start_imports_the_standard_library_alone():
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    names = {
        line.split()[1].partition(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert names <= set(sys.stdlib_module_names)


def test_that_a_fresh_environment_is_not_ready(checkout):
    assert not checkout.is_ready("kjoering")


def test_that_an_environment_with_its_stamp_is_ready(checkout):
    checkout.stamp("kjoering").write_text(checkout.fingerprint("kjoering"))
    assert checkout.is_ready("kjoering")
    assert not checkout.is_ready("test")


def test_that_a_changed_lock_asks_for_a_new_set_up(checkout, tmp_path, monkeypatch):
    lock = tmp_path / "laas.txt"
    lock.write_text("alembic==1\n")
    monkeypatch.setitem(checkout.LOCKS, "kjoering", lock)
    checkout.stamp("kjoering").write_text(checkout.fingerprint("kjoering"))
    lock.write_text("alembic==2\n")
    assert not checkout.is_ready("kjoering")


def test_that_a_ready_environment_installs_nothing(checkout, monkeypatch):
    checkout.stamp("kjoering").write_text(checkout.fingerprint("kjoering"))

    def refuse(*_arguments, **_options):
        raise AssertionError("something was installed")

    monkeypatch.setattr(checkout, "make_venv", refuse)
    monkeypatch.setattr(checkout, "install", refuse)
    checkout.prepare("kjoering")


def test_that_a_missing_debian_package_is_named_to_others_than_root(start, monkeypatch, capsys):
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    start.install_debian_packages(["libegl1"])
    assert "sudo apt-get install libegl1" in capsys.readouterr().err


def test_that_an_unsupported_python_is_refused_in_norwegian(start, monkeypatch):
    monkeypatch.setattr(start, "OLDEST", (99, 0))
    with pytest.raises(start.SetupError, match=r"Møtebok trenger Python 99\.0"):
        start.check_python()


def test_that_every_locked_package_has_a_version_and_a_hash():
    for lock in sorted((ROOT / "laas").glob("*.txt")):
        entries = lock.read_text().replace("\\\n", " ").splitlines()
        assert entries
        for entry in entries:
            assert "==" in entry, entry
            assert "--hash=sha256:" in entry, entry


def test_that_the_locks_agree_on_every_version():
    def versions(name):
        text = (ROOT / "laas" / name).read_text().replace("\\\n", " ")
        return {entry.split("==")[0]: entry.split()[0] for entry in text.splitlines()}

    needed, tested = versions("kjoering.txt"), versions("test.txt")
    assert needed.items() <= tested.items()


def test_that_every_dependency_of_the_project_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "laas" / "kjoering.txt").read_text().lower()
    for dependency in project["dependencies"]:
        name = dependency.split(">")[0].split("<")[0].split("=")[0].strip().lower()
        assert f"{name}==" in locked, name


def test_that_start_passes_commands_through():
    answer = subprocess.run(
        [sys.executable, "-P", "-m", "desktop.cli", "--versjon"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert answer.stdout.startswith("Møtebok ")


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [([], ["-n", "2", "--dist", "worksteal"]), (["tests/rules", "-x"], ["tests/rules", "-x"])],
)
def test_that_the_whole_suite_runs_on_all_cores_and_options_take_their_place(
    start, monkeypatch, given, passed_on
):
    ran = []

    def run(arguments):
        ran.append(arguments)
        raise SystemExit(0)

    monkeypatch.setattr(start, "run", run)
    monkeypatch.setattr(start, "prepare", lambda _job: None)
    monkeypatch.setattr(start.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(sys, "argv", ["start.py", "test", *given])
    with pytest.raises(SystemExit):
        start.main()
    assert ran == [["-m", "pytest", *passed_on]]
