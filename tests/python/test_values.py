"""Numbers, outcomes and errors as Python values."""

import copy
import gc
import json
import pickle
import unittest
import weakref
from dataclasses import FrozenInstanceError
from typing import List, Optional, Tuple
from unittest import mock

import comgate_terminal
from comgate_terminal import Code, ComgateError, Event, Field, Outcome, Phase, StatusText, Terminal, Verdict
from comgate_terminal._abi import NUMBER_FIELDS, TerminalField
from comgate_terminal.facts import TerminalStatus
from shop import ShopTest


class Numbers(unittest.TestCase):
    def test_api_unknown_verdict_is_unknown(self) -> None:
        self.assertIs(Verdict(99), Verdict.UNKNOWN)
        self.assertIs(Verdict(1), Verdict.APPROVED)

    def test_api_unknown_code_keeps_its_number(self) -> None:
        code = Code(499)
        self.assertEqual((int(code), code // 100, code.name), (499, 4, "UNKNOWN_499"))
        self.assertEqual(ComgateError(code, "x").band, 4)
        self.assertIsInstance(code, Code)
        self.assertEqual({code: 1}[Code(499)], 1)
        self.assertEqual(pickle.loads(pickle.dumps(code)), code)
        self.assertEqual((int(Phase(77)), int(Event(-1))), (77, -1))
        with self.assertRaises(ValueError):
            Code("499")  # type: ignore[arg-type]

    def test_api_numbers_are_written_as_their_names_on_every_python(self) -> None:
        self.assertEqual(f"{Verdict.APPROVED} {Code.BUSY:>5} {str(Phase.WAITING)}", "APPROVED  BUSY WAITING")
        self.assertEqual(json.dumps([Code.BUSY]), "[108]")

    def test_api_neither_verdict_nor_outcome_is_true_or_false(self) -> None:
        for value in (Verdict.DECLINED, Verdict.UNKNOWN, Outcome(Verdict.DECLINED, "1", "t", 1, "CZK")):
            with self.assertRaises(TypeError):
                bool(value)

    def test_api_status_text_is_a_str_with_a_phase(self) -> None:
        text = StatusText("Přiložte kartu", Phase.WAITING)
        self.assertEqual((text, text.phase), ("Přiložte kartu", Phase.WAITING))

    def test_api_errors_survive_pickling(self) -> None:
        outcome = Outcome(Verdict.CANCELLED, "1", "t", 12550, "CZK")
        error = pickle.loads(pickle.dumps(ComgateError(Code.BUSY, "in use", outcome)))
        self.assertEqual((error.code, error.message, error.outcome), (Code.BUSY, "in use", outcome))

    def test_api_every_public_name_is_there_and_documented(self) -> None:
        for name in comgate_terminal.__all__:
            self.assertTrue(getattr(comgate_terminal, name).__doc__, name)

    def test_api_every_field_of_the_abi_is_an_attribute(self) -> None:
        for fields, value in ((Field, Outcome), (TerminalField, TerminalStatus)):
            missing = {field.name.lower() for field in fields} - set(value.__dataclass_fields__)
            # The reply is what `exchange` returns.
            self.assertEqual(missing - {"reply"}, set())

    def test_api_every_flag_of_the_abi_is_a_bool(self) -> None:
        numbers = {field.name.lower(): 1 for field in NUMBER_FIELDS}
        text = {"sale_id": "1", "transaction_id": "t", "amount_requested": 1, "currency": "CZK"}
        outcome = Outcome.from_json(Verdict.UNKNOWN, json.dumps({**text, **numbers}))
        for name in numbers:
            flag = Outcome.__dataclass_fields__[name].type in (bool, Optional[bool])
            self.assertEqual(isinstance(getattr(outcome, name), bool), flag, name)


class Outcomes(ShopTest):
    def test_api_outcome_outlives_its_terminal(self) -> None:
        outcome = self.pay("42", 12550)
        self.terminal.close()
        self.assertEqual((outcome.sale_id, outcome.verdict), ("42", Verdict.APPROVED))
        self.assertEqual(pickle.loads(pickle.dumps(outcome)), outcome)
        self.assertEqual(copy.deepcopy(outcome), outcome)
        self.assertEqual(len({outcome, copy.copy(outcome)}), 1)
        self.assertEqual(repr(outcome), "<Outcome APPROVED: payment 42, 12550 CZK>")
        with self.assertRaises(FrozenInstanceError):
            setattr(outcome, "verdict", Verdict.DECLINED)

    def test_api_outcome_as_json_has_all_that_the_library_wrote(self) -> None:
        with mock.patch.object(Outcome, "from_json", wraps=Outcome.from_json) as from_json:
            outcome = self.pay("účet", 12550)
        values = outcome.to_dict()
        self.assertLessEqual(json.loads(from_json.call_args[0][1]).items(), values.items())
        self.assertEqual(json.loads(outcome.to_json()), values)
        self.assertEqual((values["verdict"], values["amount_approved"], values["simulated"]), ("approved", 12550, 1))
        self.assertNotIn("tip", values)
        self.assertIn("účet", outcome.to_json())
        self.assertEqual(Outcome.from_json(outcome.verdict, outcome.to_json()), outcome)

    def test_api_outcome_of_a_newer_library_is_read_as_far_as_it_is_known(self) -> None:
        text = (
            '{"verdict":"new","sale_id":"1","transaction_id":"t","amount_requested":1,"currency":"CZK",'
            '"reason":499,"new":1}'
        )
        outcome = Outcome.from_json(Verdict.UNKNOWN, text)
        self.assertEqual((outcome.reason, outcome.get(Field(99))), (Code(499), None))

    def test_api_fields_can_be_read_by_number(self) -> None:
        outcome = self.pay()
        self.assertEqual((outcome.get(Field.PAN), outcome.get(Field.TIP)), ("970348******3910", None))
        self.assertEqual(outcome.get(Field.SIMULATED), 1)


class Life(ShopTest):
    def test_api_terminal_that_is_dropped_is_freed_at_once(self) -> None:
        gc.disable()
        try:
            terminal = Terminal("127.0.0.1")
            ended, finalizer = weakref.ref(terminal), terminal._free
            del terminal
            self.assertIsNone(ended(), "no cycle keeps it")
            self.assertFalse(finalizer.alive)
        finally:
            gc.enable()

    def test_api_log_tells_decisions_and_no_secret(self) -> None:
        lines: List[Tuple[int, str]] = []
        comgate_terminal.set_log(lambda level, text: lines.append((level, text)), level=3)
        try:
            self.pay()
        finally:
            comgate_terminal.set_log(None)
        self.assertTrue({level for level, _ in lines} >= {2, 3})
        self.assertNotIn("27924505", "".join(text for _, text in lines))
        count = len(lines)
        self.pay("2")
        self.assertEqual(len(lines), count)

    def test_api_log_refuses_an_unknown_level(self) -> None:
        with self.assertRaises(comgate_terminal.InvalidArgument):
            comgate_terminal.set_log(None, level=4)

    def test_api_version_is_that_of_the_library(self) -> None:
        self.assertRegex(comgate_terminal.library_version(), r"^\d+\.\d+\.\d+$")
