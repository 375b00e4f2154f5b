import pickle
import re
from pathlib import Path

import pytest

from desktop.rules import errors
from desktop.rules.errors import RULES, RuleError
from desktop.rules.states import STEPS

RULES_FOLDER = Path(errors.__file__).parent
TESTS_FOLDER = Path(__file__).parent
CODE_LITERAL = re.compile(r'"([a-z0-9]+(?:_[a-z0-9]+)+)"')


def test_that_every_raised_code_is_listed_and_every_listed_code_is_raised():
    in_tables = {
        code for table in STEPS.values() for steps in table.values() for code in steps.values()
    }
    raised = set()
    written = set()
    for path in RULES_FOLDER.glob("*.py"):
        if path.name != "errors.py":
            source = path.read_text(encoding="utf-8")
            raised |= set(re.findall(r'RuleError\(\s*"([^"]+)"', source))
            written |= set(CODE_LITERAL.findall(source))
    assert raised | (in_tables - {None}) <= set(RULES)
    assert set(RULES) <= written


def test_that_every_listed_code_is_provoked_by_a_test():
    sources = [
        path.read_text(encoding="utf-8")
        for path in TESTS_FOLDER.glob("test_*.py")
        if path != Path(__file__)
    ]
    tested = {code for source in sources for code in CODE_LITERAL.findall(source)}
    assert set(RULES) - tested == set()


@pytest.mark.parametrize("code", RULES)
def test_that_every_rule_says_where_it_comes_from(code):
    assert re.search(r"\((design|dokumenter)\b.*\)\.$", RULES[code])


def test_that_an_unlisted_code_cannot_be_raised():
    with pytest.raises(ValueError, match="ikke_en_regel"):
        RuleError("ikke_en_regel")


def test_that_a_rule_error_keeps_its_code_and_params_across_processes():
    error = RuleError("moetenummer_uleselig", text="x", **{"from": 1})
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (copy.code, copy.params) == ("moetenummer_uleselig", {"text": "x", "from": 1})
    assert str(copy) == "moetenummer_uleselig(text='x', from=1)"
