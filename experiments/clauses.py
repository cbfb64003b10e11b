"""The Opinion's sentences and what answers each: a lever, or one line saying why none does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from agents.sources import ROOT
from experiments.errors import BadInput, unknown
from experiments.speech import worded

FILE = ROOT / "scenarios" / "clauses.yaml"
FULL = str.maketrans({",": "，", "(": "（", ")": "）", ":": "：", ";": "；"})
NUMERALS = str.maketrans({"（": "(", "）": ")", "1": "一", "2": "二", "3": "三", "4": "四"})
CODE = re.compile(r"([二三四])(?:\(?([一二三四])\)?)?([1-5一二三四])?")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the Opinion; `text` is verbatim, `en` a gloss.

    It has `levers`, or names a targeting `mode` or the common `keys` it became, or says in both
    languages why it has none; `beside` says what of it is not simulated.
    """

    code: str
    section: str
    title: Mapping[str, str]
    text: str
    en: str
    levers: tuple[str, ...] = ()
    mode: str = ""
    keys: tuple[str, ...] = ()
    none: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)

    def said(self, lang: str) -> str:
        """The sentence as a reader of a language gets it."""
        return typeset(self.text) if lang == "zh" else self.en


def typeset(text: str) -> str:
    """Chinese text with full-width punctuation; the document's own is partly half-width."""
    return text.translate(FULL)


@cache
def document() -> dict[str, Any]:
    """The whole file as plain values."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every principle of part 二 and every sentence of parts 三 and 四, in the document's order."""
    return (*_principles(), *_measures())


def _principles() -> Iterator[Sentence]:
    part = document()["principles"]
    title = {"zh": part["title"], "en": part["en"]}
    for given in part["phrases"]:
        yield Sentence(
            part["code"], "", title, given["words"], given["en"], mode=given.get("mode", ""),
            keys=tuple(given.get("keys", ())), none=given.get("none", {}),
        )  # fmt: skip


def _measures() -> Iterator[Sentence]:
    for section in document()["sections"]:
        for clause in section["clauses"]:
            title = {"zh": clause["title"], "en": clause["en"]}
            for given in clause["sentences"]:
                yield Sentence(
                    clause["code"], section["id"], title, given["text"], given["en"],
                    tuple(given.get("levers", ())), none=given.get("none", {}),
                    beside=given.get("beside", {}),
                )  # fmt: skip


def codes() -> tuple[str, ...]:
    """Codes of clauses in the document's order, e.g. 三(一)1."""
    return tuple(dict.fromkeys(sentence.code for sentence in sentences()))


def mapped() -> tuple[str, ...]:
    """Ids of the levers that some sentence names."""
    return tuple(dict.fromkeys(lever for item in sentences() for lever in item.levers))


def under(code: str) -> list[Sentence]:
    """The sentences of a clause, section or part: 三(一)1, 3(1)1, 三(一), 四; raises BadInput."""
    found = CODE.fullmatch(code.translate(NUMERALS).replace(" ", ""))
    wanted = ""
    if found:
        part, section, clause = found.groups()
        number = str("零一二三四".find(clause)) if clause and not clause.isdigit() else clause or ""
        wanted = part + (f"({section})" if section else "") + number
    chosen = [item for item in sentences() if wanted and item.code.startswith(wanted)]
    if not chosen:
        raise unknown("clause", code, codes(), worded("look.clauses"))
    return chosen


def check_words(code: str, words: str) -> None:
    """Refuse words that are not the Opinion's own in a clause; raises BadInput.

    They stand within one sentence, in its order; …… marks what is left out.
    """
    text = [typeset(item.text) for item in sentences() if item.code == code]
    quoted = re.compile(".*".join(map(re.escape, typeset(words).split("……"))))
    if not words or not any(quoted.search(sentence) for sentence in text):
        raise BadInput(
            worded("lever_files.not_in_clause", words=words, code=code, text="".join(text))
        )
