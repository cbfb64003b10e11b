"""A user's own lever file: the documented example works everywhere, a faulty file is explained."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments.cli import main
from experiments.design import expand
from experiments.errors import BAD_INPUT, BadInput
from experiments.grammar import parse
from experiments.own import known_levers, own_levers
from experiments.report import write_report
from scenarios.levers import LEVERS
from tests.experiments.conftest import Wotu, data_files, only_folder

EXAMPLE = ROOT / "docs" / "examples" / "rent_voucher.py"
GUIDE = ROOT / "docs" / "your-own-lever.md"
FROM = f"levers_from={EXAMPLE}"
LEVER = """
from dataclasses import dataclass
from scenarios.lever import Lever

@dataclass(frozen=True)
class Mine(Lever):
    id = "mine"
    phases = ("selling",)

    def hooks(self):
        return {"selling": lambda eco: None}
"""
VALUE = (
    LEVER.replace("    def hooks", "    strength: float = 1.0\n\n    def hooks")
    .replace("import dataclass", "import dataclass, field")
    .replace("@dataclass(", "from agents.declare import declared\n@dataclass(", 1)
)
HOOK = (
    LEVER.replace("lambda eco: None", "self.act")
    + """
    def act(self, eco):
        eco.terms.selling.DONE
"""
)


def acting(done: str) -> str:
    """A lever file whose hook does what is given to the terms of its phase."""
    return HOOK.replace("DONE", done)


def identities(*words: str) -> dict[str, str]:
    return {design.id: design.identity for design in expand(parse(words)).designs}


def test_the_example_is_about_thirty_lines_and_its_guide_names_it() -> None:
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 36
    assert "examples/rent_voucher.py" in GUIDE.read_text(encoding="utf-8")


def test_every_command_of_the_guide_is_valid(wotu: Wotu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    commands = re.findall(r"^wotu (\w+) (.*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {verb for verb, _ in commands} == {"levers", "compare"}
    for verb, words in commands:
        if verb == "levers":
            assert wotu(verb, *shlex.split(words)).code == 0
        else:
            assert expand(parse(shlex.split(words))).compared()


def test_it_stands_behind_the_levers_that_ship_and_changes_none() -> None:
    found = known_levers(own_levers(str(EXAMPLE)))
    assert list(found) == [*LEVERS, "rent_voucher"]
    assert "rent_voucher" not in LEVERS


def test_it_works_in_a_sweep_beside_what_ships(small: Wotu, results: Path) -> None:
    words = ("scenario=only/rent_voucher", "levers.rent_voucher.envelope=0,400", "seeds=1")
    said = small("compare", *words, FROM, "--format=json")
    assert said.code == 0, said.err
    effects = [row for row in json.loads(said.out)["effects"] if row["metric"] == "outlay"]
    none, some = (row["mean"] for row in effects)
    assert none == 0.0
    assert some > 0.0
    manifest = json.loads((only_folder(results) / "manifest.json").read_text())
    assert manifest["own_levers"] == EXAMPLE.read_text(encoding="utf-8")


def test_its_zero_is_the_baseline(small: Wotu, results: Path) -> None:
    words = ("scenario=only/rent_voucher", "levers.rent_voucher.share=0", "seeds=1")
    found = json.loads(small("compare", *words, FROM, "--format=json").out)
    assert all(row["mean"] in (0.0, None) for row in found["effects"])


def test_workers_compile_the_text_and_give_the_same_bits(small: Wotu, results: Path) -> None:
    words = ("scenario=only/rent_voucher", "seeds=1", FROM)
    for name, engine in (("one", "serial"), ("two", "processes")):
        assert small("compare", *words, f"name={name}", f"engine={engine}", "workers=1").code == 0
    one, two = data_files(results / "one"), data_files(results / "two")
    assert one == two
    assert one


def test_reports_and_reproduction_need_the_store_only(
    small: Wotu, wotu: Wotu, results: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    words = ("scenario=only/rent_voucher", "seeds=2", f"levers_from={file}")
    assert small("compare", *words).code == 0
    file.unlink()
    page = write_report(only_folder(results)).read_text(encoding="utf-8")
    for said in ("Rent vouchers for young firms", "初创企业房租券", "预算在年内提前用完"):
        assert said in page
    sql = "SELECT run_id FROM runs WHERE design = 'only/rent_voucher' AND seed = 1"
    row = json.loads(wotu("results", sql, f"results={results}", "--format=json").out)[0]
    words = ("reproduce", row["run_id"], f"results={results}", "--format=json")
    asked = wotu(*words)
    assert json.loads(asked.out)["same_numbers"] is None
    assert "levers_from=stored to run what is kept" in asked.err
    assert json.loads(wotu(*words, "levers_from=stored").out)["same_numbers"] is True
    assert json.loads(wotu(*words, FROM).out)["same_numbers"] is True


def test_a_results_folder_never_runs_the_code_it_holds(
    small: Wotu, results: Path, tmp_path: Path
) -> None:
    """It may come from somebody else; only a user who asks for it runs it."""
    assert small("compare", "scenario=only/rent_voucher", "seeds=2", FROM).code == 0
    path = only_folder(results) / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    trap = tmp_path / "sprung"
    manifest["own_levers"] = f"open({str(trap)!r}, 'w')\n" + manifest["own_levers"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "Rent vouchers" in write_report(only_folder(results)).read_text(encoding="utf-8")
    run = manifest["chunks"]["0000"][-1][0]
    assert main(["reproduce", run, f"results={results}"]) == 0
    assert not trap.exists()


def test_the_file_is_part_of_the_identity_where_its_lever_is_on(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(LEVER)
    words = ("scenario=only/mine,only/rnd_subsidy", f"levers_from={file}")
    first = identities(*words)
    file.write_text(LEVER + "# another rule\n")
    second = identities(*words)
    assert {name for name in first if first[name] != second[name]} == {"only/mine"}
    assert first["only/rnd_subsidy"] == identities("scenario=only/rnd_subsidy")["only/rnd_subsidy"]


def test_a_planners_scenario_may_switch_it_on(tmp_path: Path) -> None:
    (tmp_path / "both.yaml").write_text(
        "levers: {rent_voucher: {enabled: true}, rnd_subsidy: {enabled: true}}\n"
    )
    words = (f"scenarios_from={tmp_path}", FROM, "scenario=both,[both,only/first_purchase]")
    one, two = expand(parse(words)).compared()
    assert set(one.levers) == {"rent_voucher", "rnd_subsidy"}
    assert set(two.levers) == {"rent_voucher", "rnd_subsidy", "first_purchase"}


def test_two_levers_that_claim_the_same_thing_are_refused(wotu: Wotu, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(LEVER.replace("    phases", '    excludes = ("rnd_subsidy",)\n    phases'))
    said = wotu("compare", "scenario=[only/mine,only/rnd_subsidy]", f"levers_from={file}")
    assert said.code == BAD_INPUT
    assert "mine and rnd_subsidy claim the same thing" in said.err
    assert expand(parse(["scenario=only/mine,only/rnd_subsidy", f"levers_from={file}"])).compared()


def test_a_page_may_not_name_a_file() -> None:
    for given in (FROM, "scenarios_from=/tmp", "results=/tmp"):
        with pytest.raises(BadInput, match="not taken from a page"):
            parse(["scenario=baseline", given], from_page=True)
    assert parse(["scenario=baseline"], from_page=True)


FAULTY = {
    "a mistake of grammar": ("x = (\n", "line 1:"),
    "a name that is not there": ("\n\nprint(nothing)", "line 3: NameError"),
    "no lever": ("x = 1\n", "no lever in it"),
    "an id that ships": (LEVER.replace('"mine"', '"rnd_subsidy"'), "ships with Wotu"),
    "an id twice": (LEVER + LEVER.replace("class Mine", "class Too"), "stands in the file twice"),
    "no id": (LEVER.replace('    id = "mine"\n', ""), "needs an id"),
    "a phase that is none": (LEVER.replace('"selling"', '"seling"'), "did you mean 'selling'"),
    "hooks that differ": (LEVER.replace('("selling",)', '("lending",)'), "and hooks() gives"),
    "not frozen": (LEVER.replace("(frozen=True)", "(eq=False)"), "line"),
    "no dataclass": (LEVER.replace("@dataclass(frozen=True)\n", ""), "needs @dataclass"),
    "a zero that is no value": (
        LEVER.replace("    phases", '    zero = {"strength": 0}\n    phases'), "none of its values",
    ),
    "an exclusion of nothing": (
        LEVER.replace("    phases", '    excludes = ("rnd_subsidi",)\n    phases'), "'rnd_subsidy'",
    ),
    "a hook that fails": (LEVER.replace("lambda eco: None", "self.missing"), "AttributeError"),
    "a grade that is none": (
        "from agents.declare import declared\nx = declared(1.0, 'm', 'n', grade='Z')\n", "line 2",
    ),
    "a section that is none": (
        LEVER.replace("    phases", '    section = "elsewhere"\n    phases'), "is not one of",
    ),
    "a value called enabled": (VALUE.replace("strength", "enabled"), "line 11: value 'enabled'"),
    "a value of no kind": (
        VALUE.replace("float = 1.0", "dict = field(default_factory=dict)"), "line 11: value 'strength'",
    ),
    "a value unlike its annotation": (VALUE.replace("float = 1.0", "int = 0.5"), "line 11: value"),
    "a value beyond its own bounds": (
        VALUE.replace("1.0", 'declared(5.0, "share", "of it", high=1)'), "strength=5 is out of bounds",
    ),
    "a program that leaves": ("import sys\nsys.exit(3)\n", "line 2: SystemExit: 3"),
    "nothing at all": ("\n", "no lever in it"),
    "a term that is none": (
        acting("contribute(self.id, order=1.0)"), "line 14: the phase selling has no term 'order'; "
        "did you mean 'orders'",
    ),
    "a hook that is a text": (LEVER.replace("lambda eco: None", "'buy'"), "cannot be called"),
    "a hook without eco": (LEVER.replace("lambda eco", "lambda"), "line 11: the hook"),
    "phases without a comma": (LEVER.replace('("selling",)', '("selling")'), 'phases = ("selling",)'),
    "hooks in a list": (LEVER.replace('{"selling": lambda eco: None}', "[]"), "gives a list"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_file_is_one_sentence(case: str, wotu: Wotu, tmp_path: Path) -> None:
    text, expected = FAULTY[case]
    file = tmp_path / "faulty.py"
    file.write_text(text)
    said = wotu("compare", "scenario=baseline", f"levers_from={file}")
    assert said.code == BAD_INPUT
    assert len(said.err.splitlines()) == 1
    assert expected in said.err, said.err
    assert str(file) in said.err


def test_what_is_no_file_is_said(wotu: Wotu, tmp_path: Path) -> None:
    assert "is not a file" in wotu("compare", f"levers_from={tmp_path}").err
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in wotu("compare", f"levers_from={tmp_path / 'bytes.py'}").err


def test_a_file_written_on_windows_is_read(tmp_path: Path) -> None:
    """Its editor puts a mark in front, which Python itself takes."""
    file = tmp_path / "mine.py"
    file.write_bytes(b"\xef\xbb\xbf" + LEVER.replace("\n", "\r\n").encode())
    assert "mine" in known_levers(own_levers(str(file)))


def test_what_a_file_prints_does_not_spoil_json(wotu: Wotu, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text('print("hello")\n' + LEVER)
    said = wotu("levers", "mine", f"levers_from={file}", "--format=json")
    assert json.loads(said.out)[0]["id"] == "mine"


def test_the_line_of_a_misspelt_term_is_told_where_the_lever_is_only_listed(
    wotu: Wotu, tmp_path: Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("tenant_rent=", "tenant_rents="))
    said = wotu("levers", "rent_voucher", f"levers_from={file}")
    assert said.code == BAD_INPUT
    assert "line 37: the phase settling has no term 'tenant_rents'" in said.err
    assert "did you mean 'tenant_rent'?" in said.err


def refusal(text: str, small: Wotu, results: Path, tmp_path: Path) -> str:
    """The one sentence for a file whose lever is refused before anything runs."""
    file = tmp_path / "mine.py"
    file.write_text(text)
    said = small("run", "scenario=only/mine", f"levers_from={file}", "seeds=1")
    assert said.code == BAD_INPUT
    assert len(said.err.splitlines()) == 1
    assert not results.exists()
    return said.err


WRONG = {
    "not a number": ("brand_share=float('nan')", "line 14: brand_share, the share"),
    "below zero": ("brand_share=-5", "is -5, out of bounds: expected 0 to 1 [share]"),
    "more than the whole": ("brand_share=1.5", "is 1.5, out of bounds"),
    "a text": ("brand_share='half'", "is given 'half', which is no number"),
    "a list of another length": ("brand_share=[0.1, 0.2]", "is given 2 values; expected one, or"),
    "an amount below zero": ("catalogue=-1.0", "expected at least 0"),
    "a scheme with a hole": ("standards=(1.0, float('nan'))", "(nan)"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_contribution_that_means_nothing_is_refused_before_anything_runs(
    case: str, small: Wotu, results: Path, tmp_path: Path
) -> None:
    """A share of NaN or −5 serves nobody: effects of exactly zero would be reported."""
    given, expected = WRONG[case]
    told = refusal(acting(f"contribute(self.id, {given})"), small, results, tmp_path)
    assert f"levers_from={tmp_path / 'mine.py'}: line 14: " in told
    assert expected in told


FAILING = {
    "a division by zero": ("contribute(self.id, brand_share=1 / 0)", "line 14: ZeroDivisionError"),
    "the terms of another phase": (
        "x\n        eco.terms.lending.contribute(self.id, cover=0.5)",
        "to the terms of selling, not of lending",
    ),
    "another lever's id": ("contribute('rnd_subsidy', brand_share=0.5)", "self.id"),
    "a program that leaves": ("x\n        raise SystemExit(3)", "SystemExit"),
    "what its phase cannot use": (
        "contribute(self.id, orders=0.5)",
        "a phase cannot use what mine",
    ),
}


@pytest.mark.parametrize("case", FAILING)
def test_a_hook_that_fails_is_one_sentence_before_anything_runs(
    case: str, small: Wotu, results: Path, tmp_path: Path
) -> None:
    given, expected = FAILING[case]
    assert expected in refusal(
        acting(given).replace("selling.x", "selling"), small, results, tmp_path
    )


def test_a_hook_that_fails_in_a_later_year_is_a_failed_run_with_its_line(
    small: Wotu, tmp_path: Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(acting("contribute(self.id, brand_share=0.1 if eco.quarter < 5 else -1)"))
    words = ("scenario=only/mine", f"levers_from={file}", "seeds=1", "quarters=6")
    said = small("run", *words)
    assert said.code == 1
    assert "line 14: brand_share" in said.err
    assert "Traceback" not in said.err


def test_a_lever_that_does_nothing_says_so(small: Wotu, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(LEVER)
    said = small("run", "scenario=only/mine", f"levers_from={file}", "seeds=1")
    assert said.code == 0
    assert "lever mine contributes nothing in a trial year" in said.err


def test_what_ships_passes_the_same_look() -> None:
    """Every contribution of the whole Opinion is within what its term can mean."""
    from dataclasses import replace

    from experiments.own_hooks import watch
    from sim.burnin import opening
    from sim.model import Ecosystem
    from sim.world import World

    world = replace(World(), scale=0.1)
    levers = [watch(type(kind.__name__, (kind,), {}))() for kind in LEVERS.values()]
    Ecosystem(world, levers, snapshot=opening(world)).run(4)
