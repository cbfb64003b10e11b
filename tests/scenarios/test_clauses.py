"""The Opinion, the levers, their modules and their documentation say the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from factories import LIVELY, lived, strong

from experiments import clauses
from experiments.clauses import sentences, typeset
from experiments.errors import BadInput
from experiments.text import Text
from experiments.writes import writes
from scenarios.lever import MODES
from scenarios.levers import LEVERS, SECTIONS
from sim.quarter import PHASES

# Parts 三 and 四 (titles and sentences, numbering apart) and the paragraph of part 二, as published.
PUBLISHED = {"measures": "ee3203f0ddf553f3", "principles": "3e0ab41c650331b6"}
SECTION_OF = {"三(一)": "environment", "三(二)": "vitality", "三(三)": "capability",
              "三(四)": "industries", "四(": "safeguards"}  # fmt: skip
of_the_document = pytest.mark.parametrize(
    "kind", [kind for kind in LEVERS.values() if kind.section != "beyond"], ids=lambda k: k.id
)


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def test_every_sentence_stands_as_it_was_published() -> None:
    whole = clauses.document()
    lines = []
    for section in whole["sections"]:
        lines.append(section["title"])
        for clause in section["clauses"]:
            lines += [clause["title"], *(s["text"].rstrip("。") for s in clause["sentences"])]
    assert digest("\n".join(lines)) == PUBLISHED["measures"]
    assert digest(whole["principles"]["text"]) == PUBLISHED["principles"]
    for phrase in whole["principles"]["phrases"]:
        assert phrase["words"] in whole["principles"]["text"]


def test_every_sentence_has_one_answer_in_both_languages() -> None:
    for item in sentences():
        answers = [item.levers, item.mode, item.keys, item.none]
        assert sum(map(bool, answers)) == 1, f"{item.code}: {item.text}"
        for said in (item.none, item.beside):
            assert not said or (said["en"].isascii() and not said["zh"].isascii())
            assert not any("\n" in words for words in said.values())
        assert item.en.isascii()
    titles = clauses.document()["titles"]["none"]
    assert set(titles) == {"zh", "en"}


def test_the_principles_are_the_modes_of_targeting() -> None:
    modes = {item.mode for item in sentences() if item.mode}
    assert modes == set(MODES)
    for key in {key for item in sentences() for key in item.keys}:
        assert key in ("envelope_total", "envelope") or key.startswith("targeting.")


def test_the_sixty_levers_of_the_document_are_named() -> None:
    assert len(clauses.mapped()) == 60
    assert all(SECTION_OF[key] == item.section for item in sentences() if item.section
               for key in SECTION_OF if item.code.startswith(key))  # fmt: skip


def test_every_lever_that_is_named_exists_and_every_lever_is_named() -> None:
    assert set(clauses.mapped()) <= LEVERS.keys()
    beyond = {name for name, kind in LEVERS.items() if kind.section == "beyond"}
    assert LEVERS.keys() - beyond <= set(clauses.mapped())


@of_the_document
def test_a_levers_words_are_the_opinions_own_in_its_clause(kind) -> None:
    clauses.check_words(kind.clause, kind.words)
    codes = {item.code for item in sentences() if kind.id in item.levers}
    assert kind.clause in codes


def test_words_that_the_opinion_does_not_hold_are_refused() -> None:
    with pytest.raises(BadInput, match="does not stand in 三\\(三\\)1"):
        clauses.check_words("三(三)1", "引导企业持续加大研发投入")


@pytest.mark.parametrize("kind", LEVERS.values(), ids=LEVERS)
def test_a_levers_module_lies_in_the_folder_of_its_section(kind) -> None:
    assert kind.__module__.split(".")[:3] == ["scenarios", "levers", kind.section]
    assert kind.section in SECTIONS
    if kind.section == "beyond":
        assert kind.clause == "–"
    else:
        assert SECTION_OF[next(key for key in SECTION_OF if kind.clause.startswith(key))] == (
            kind.section
        )


def test_levers_exclude_levers_only() -> None:
    for kind in LEVERS.values():
        assert set(kind.excludes) <= LEVERS.keys() - {kind.id}


def test_levers_stand_in_the_documents_order() -> None:
    order = clauses.codes()
    places = [order.index(kind.clause) for kind in LEVERS.values() if kind.section != "beyond"]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", LEVERS.values(), ids=LEVERS)
def test_the_terms_read_from_the_source_are_those_a_run_records(kind) -> None:
    table = lived((strong(kind.id),), 8, world=LIVELY).record.tables().get("terms", {})
    recorded = {
        (phase, term)
        for lever, phase, term in zip(table["lever"], table["phase"], table["term"], strict=True)
        if lever == kind.id
    }
    read = {(item.phase, item.name) for item in writes(kind)}
    assert recorded <= read, "name what cannot be read from the class in its `writes`"
    assert read
    assert {phase for phase, _ in read} <= set(kind.phases)


def test_english_names_of_terms_are_their_declared_meanings() -> None:
    for phase in PHASES:
        for name, term in phase.terms.declared.items():
            assert Text("en").get(f"terms.{phase.name}.{name}", term.meaning) == term.meaning


def test_the_documentation_names_every_lever() -> None:
    text = (Path(__file__).parents[2] / "ODD.md").read_text(encoding="utf-8")
    assert [name for name in LEVERS if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("三(一)3", {"三(一)3"}), ("三（一）3", {"三(一)3"}), ("3(1)3", {"三(一)3"}),
        ("四(二)", {"四(二)"}), ("4", {"四(一)", "四(二)", "四(三)"}), ("二", {"二"}),
    ],
)  # fmt: skip
def test_a_clause_is_named_as_in_the_document_or_in_digits(typed: str, codes: set[str]) -> None:
    assert {item.code for item in clauses.under(typed)} == codes


def test_an_unknown_clause_is_refused() -> None:
    for typed in ("三(九)1", "五", "rnd_subsidy", "三(一)5x"):
        with pytest.raises(BadInput, match="unknown clause"):
            clauses.under(typed)


def test_half_width_marks_are_typeset() -> None:
    assert typeset("支持,鼓励(一):") == "支持，鼓励（一）："
