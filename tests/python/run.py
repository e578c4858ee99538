"""Runs the suite and closes with one plain line."""

import sys
import unittest
from pathlib import Path

suite = unittest.defaultTestLoader.discover(str(Path(__file__).parent))
result = unittest.TextTestRunner(verbosity=2).run(suite)
broken = [getattr(test, "test_case", test) for test, _ in [*result.failures, *result.errors]]
failed = len({test.id() for test in [*broken, *result.unexpectedSuccesses]})
print(f"{result.testsRun - failed} passed, {failed} failed", flush=True)
sys.exit(1 if failed or result.testsRun == 0 else 0)
