"""Runs the suite, several classes of tests at once, each in a process of its own: most of them wait. Closes with one plain line.

    run.py                       everything
    run.py test_receipt ...      only these modules, classes or tests, in this process
"""

import re
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

#: More than there are processors.
AT_ONCE = 6
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)


def run_here(suite: unittest.TestSuite) -> bool:
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    broken = [getattr(test, "test_case", test) for test, _ in [*result.failures, *result.errors]]
    failed = len({test.id() for test in [*broken, *result.unexpectedSuccesses]})
    print(f"{result.testsRun - failed} passed, {failed} failed", flush=True)
    return not failed and result.testsRun > 0


def tests_of(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for part in suite:
        if isinstance(part, unittest.TestSuite):
            yield from tests_of(part)
        else:
            yield part


def classes(suite: unittest.TestSuite) -> List[str]:
    """By their names, those with the most tests first. A module that cannot be read is among them, and fails."""
    count: Dict[str, int] = {}
    for test in tests_of(suite):
        name = f"{type(test).__module__}.{type(test).__qualname__}"
        if name.startswith("unittest."):
            # A module that cannot be imported stands here as a test with its name.
            name = test.id().rpartition(".")[2]
        count[name] = count.get(name, 0) + 1
    return sorted(count, key=lambda name: (name not in FIRST, -count[name]))


#: What takes long although it is few tests: mypy and pip.
FIRST = ("test_package.Types", "test_package.Package")


def run_class(name: str) -> Tuple[str, int, int]:
    """In a process of its own: what it said, how many passed, how many failed. One that ends in the middle has failed."""
    done = subprocess.run(
        [sys.executable, __file__, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    counted = CLOSING.findall(done.stdout)
    passed, failed = map(int, counted[-1]) if counted else (0, 0)
    return done.stdout, passed, failed or int(done.returncode != 0)


def main() -> bool:
    loader = unittest.defaultTestLoader
    if sys.argv[1:]:
        return run_here(loader.loadTestsFromNames(sys.argv[1:]))
    passed = failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(run_class, name) for name in classes(loader.discover(str(Path(__file__).parent)))]
        for job in as_completed(jobs):
            said, good, bad = job.result()
            passed, failed = passed + good, failed + bad
            print(CLOSING.sub("", said), flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return failed == 0 and passed > 0


if __name__ == "__main__":
    sys.exit(not main())
