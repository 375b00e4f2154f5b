import importlib.util
import sys
from pathlib import Path

from hypothesis import settings

MACHINE = Path(__file__).with_name("numbering_machine.py")


def load_machine():
    spec = importlib.util.spec_from_file_location("numbering_machine", MACHINE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.NumberingMachine


TestNumbering = load_machine().TestCase
TestNumbering.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
