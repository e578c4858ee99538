"""What the READMEs show is compiled, checked by mypy, and run against the simulator."""

import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Callable, List, Optional

from comgate_terminal import Code, Verdict
from shop import ShopTest

ROOT = Path(__file__).resolve().parents[2]

#: How each block begins; only this line is replaced.
OPENS = re.compile(r'^with Terminal\("192\.168\.1\.105", journal_dir="[^"]+"\) as t:.*$', re.MULTILINE)


def blocks(readme: Path) -> List[str]:
    return re.findall(r"^```python\n(.*?)^```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)


class Till(StringIO):
    """What a till prints. The customer shows the card when it asks for it, and no sooner."""

    def __init__(self, tap: Callable[[], None]) -> None:
        super().__init__()
        self._tap: Optional[Callable[[], None]] = tap

    def write(self, text: str) -> int:
        if "Přiložte nebo vložte kartu" in text and self._tap:
            tap, self._tap = self._tap, None
            tap()
        return super().write(text)


class Readme(ShopTest):
    def run_block(self, block: str, **names: Any) -> str:
        """Runs a block as it stands, but on the simulator. Gives what it prints."""
        opens = f"with Terminal('127.0.0.1', port={self.simulator.port}, journal_dir={str(self.journal)!r}) as t:"
        program, count = OPENS.subn(lambda _: f"{opens}\n    t.allow_simulator()", block)
        self.assertEqual(count, 1, block)
        printed = Till(self.simulator.tap)
        with redirect_stdout(printed):
            exec(compile(program, "README.md", "exec"), names)
        return printed.getvalue()

    def test_example_of_the_readme_pays(self) -> None:
        (block,) = blocks(ROOT / "README.md")
        self.charge_without_knowing("včera")
        self.simulator.control("POST", "/next", {"ending": "slow"})
        printed = self.run_block(block)
        self.assertIn("left open: včera APPROVED\n", printed)
        self.assertRegex(printed, r"paid 12550 \w+\n$")
        self.assertIn("Přiložte nebo vložte kartu\n", printed)
        self.terminal.acknowledge("včera")
        self.assertFalse(self.terminal.unresolved_count())

    def test_example_of_the_readme_shows_why_a_sale_was_not_paid(self) -> None:
        (block,) = blocks(ROOT / "README.md")
        self.simulator.control("POST", "/next", {"ending": "declined"})
        printed = self.run_block(block)
        self.assertRegex(printed, r"DECLINED \w.+\n$")
        self.assertNotIn("left open", printed)

    def test_example_of_the_readme_is_typed(self) -> None:
        (block,) = blocks(ROOT / "README.md")
        program = self.journal / "readme.py"
        program.write_text(block, "utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={self.journal}", str(program)]
        checked = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_example_of_the_packages_readme_pays_and_looks_later(self) -> None:
        pay, later = blocks(ROOT / "bindings" / "python" / "README.md")
        stored: List[Any] = []
        shown: List[str] = []
        self.charge_without_knowing("včera")
        self.run_block(pay, store=stored.append, show=shown.append, pressed=lambda: False)
        self.assertEqual([outcome.sale_id for outcome in stored], ["včera", "2026-11-23/1/42"])
        self.assertFalse(self.terminal.unresolved_count(), "what is stored is acknowledged")

        # The same sale, of which the terminal has forgotten everything: a person decides.
        lost = re.sub("2026-11-23/1/42", "ztracený", later)
        self.charge_without_knowing("ztracený")
        self.simulator.control("POST", "/restart")
        program = compile(lost, "README.md", "exec")
        exec(program, {"t": self.terminal, "Verdict": Verdict, "show": shown.append})
        self.assertEqual(shown[-1], "1 not decided, 0 not stored")
        outcome = self.terminal.find("ztracený")
        assert outcome is not None
        self.expect(outcome, Verdict.APPROVED)
        self.assertEqual((outcome.resolved, outcome.note), (True, "paní Nováková, podle výpisu z banky"))
        self.assertIsNot(outcome.reason, Code.RESOLVED_OTHERWISE)
