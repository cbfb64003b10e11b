"""Overrides as they are typed: quoted, parsed by Hydra's own grammar, checked, and swept.

`levers.guidance_fund.envelope=100,200`, `scenario='glob(only/*)'`, `world.scale=range(0.1,0.5,0.1)`
are sweeps; `scenario=[a,b]` is one scenario made of two. `interval(a,b)`, and `bounds` for the
declared bounds, are ranges that `wotu sweep` fills with points; `levers.guidance_fund=bounds` is a
range for every number of a block that has both bounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agents.declare import parts_of
from experiments.bounds import check_steps
from experiments.dates import counted, is_date
from experiments.errors import BadInput, one_line, unknown
from experiments.own import known_levers, own_levers
from experiments.schema import FREE_TEXT, FROM_DISK, GROUPS, SWEPT, Settings, known_keys
from experiments.shelf import check_name, scenario_names, world_names
from experiments.speech import worded
from experiments.sweeps.ranges import BOUNDS, Span, block_spans, span

PLAIN = re.compile(r"[\w./*?+-]*", re.ASCII)


@dataclass(frozen=True)
class Setting:
    """One override: a key and the values it takes, more than one in a sweep.

    A value of the key `scenario` may be a tuple of names: scenarios to be merged. A range has a
    `span` and no values.
    """

    key: str
    values: tuple[Any, ...]
    span: Span | None = None

    @property
    def swept(self) -> bool:
        """True if designs differ in it."""
        return len(self.values) > 1


@dataclass(frozen=True)
class Beside:
    """What a user brings beside what ships: a folder of scenarios, the text of a lever file."""

    folder: str = ""
    own: str = ""

    def scenarios(self) -> tuple[str, ...]:
        """Every scenario that may be named."""
        return scenario_names(self.folder, self.own)


def parse(overrides: Sequence[str], *, from_page: bool = False) -> list[Setting]:
    """Read overrides in the order given; raises BadInput for the first that cannot be used.

    `from_page` refuses every key that names a file or folder of this machine.
    """
    settings: dict[str, Setting] = {}
    for given in overrides:
        key = given.partition("=")[0]
        if from_page and key in FROM_DISK:
            raise BadInput(worded("values.from_disk", key=key))
    beside = Beside(
        _given(overrides, "scenarios_from"), own_levers(_given(overrides, "levers_from"))
    )
    for given in overrides:
        for setting in _parse_one(given, beside):
            if setting.key in settings:
                several = setting.key.split(".")[0] in (*SWEPT, "levers")
                text = "values.twice_list" if several else "values.twice"
                raise BadInput(worded(text, key=setting.key))
            settings[setting.key] = setting
    return list(settings.values())


def _given(overrides: Sequence[str], key: str) -> str:
    """The text given for a key, the last if it is given twice (which is refused later)."""
    found = [given.partition("=")[2] for given in overrides if given.startswith(f"{key}=")]
    return _unquoted(found[-1]) if found else ""


def _parse_one(given: str, beside: Beside) -> list[Setting]:
    key, _, text = given.partition("=")
    if text == BOUNDS and (spans := block_spans(key, beside.own)):
        return [Setting(name, (), found) for name, found in spans.items()]
    key = _check_key(given, beside.own)
    if key in FREE_TEXT:
        return [Setting(key, (_unquoted(text),))]
    if is_date(key):
        given = f"{key}={counted(text)}"
    override = _lex(given if key not in (*GROUPS, "against") else _quote_names(given))
    if override.value_type is None:
        raise BadInput(worded("values.empty", given=given, key=key))
    ends = _ends(override)
    if ends is not None and (found := span(key, *ends, given, beside.own)):
        return [Setting(key, (), found)]
    values = _values(override, given, beside)
    if not values:
        raise BadInput(worded("values.matches_nothing", given=given))
    values = [_whole(key, value) for value in _checked(key, values, given, beside)]
    return [Setting(key, tuple(dict.fromkeys(values)))]


def _whole(key: str, value: Any) -> Any:
    """A count that is written 1e3 as the whole number that it is."""
    whole = (
        isinstance(value, float)
        and value.is_integer()
        and isinstance(getattr(Settings, key, 0.0), int)
    )
    return int(value) if whole else value


def _checked(key: str, values: list[Any], given: str, beside: Beside) -> list[Any]:
    """The values of a key, if they are names that exist and as many as it takes."""
    if key == "scenario":
        values = [_scenario(value, beside) for value in values]
    elif key in ("world", "against"):
        names = world_names() if key == "world" else beside.scenarios()
        values = [check_name("world" if key == "world" else "scenario", v, names) for v in values]
    values = [tuple(value) if isinstance(value, list) else value for value in values]
    for value in values:
        if "${" in str(value):
            raise BadInput(worded("values.given_refers", given=given))
        if any(isinstance(part, dict | list) for part in parts_of(value)):
            raise BadInput(worded("values.nested", given=given))
    if len(values) > 1 and key.split(".")[0] not in (*SWEPT, "levers"):
        raise BadInput(worded("values.one_value", key=key, count=len(values)))
    return values


def _ends(override: Any) -> tuple[float | None, float | None] | None:
    """The ends of interval(a,b), (None, None) for `bounds`, None for anything else."""
    if override.is_interval_sweep():
        interval = override.value()
        return interval.start, interval.end
    return (None, None) if override._value == BOUNDS else None


def _check_key(given: str, own: str) -> str:
    """The key of an override, if it is one that may be set."""
    if given.startswith(("+", "~")):
        raise BadInput(worded("values.adds", given=given))
    key, equals, _ = given.partition("=")
    if not equals:
        raise BadInput(worded("values.no_override", given=given))
    known = known_keys(own)
    if key in known:
        return key
    inside = [name for name in known if name.startswith(f"{key}.")]
    if inside:
        raise BadInput(worded("values.group", key=key, inside=inside[0]))
    raise unknown_key(key, own)


def unknown_key(key: str, own: str = "") -> BadInput:
    """The sentence for a key outside the schema: a lever, a value of one, or another key."""
    known, parts, levers = known_keys(own), key.split("."), known_levers(own)
    if parts[0] == "levers" and len(parts) > 1 and parts[1] not in levers:
        return unknown("lever", parts[1], levers, worded("look.lists", command="wotu levers"))
    if parts[0] == "levers" and len(parts) > 1:
        inside = [name for name in known if name.startswith(f"levers.{parts[1]}.")]
        return unknown("key", key, inside, worded("look.lists_values", lever=parts[1]))
    if parts[0] == "world":
        inside = [name for name in known if name.startswith("world.")]
        return unknown("key", key, inside, worded("look.lists", command="wotu worlds haidian_2014"))
    return unknown("key", key, known, worded("look.lists", command="wotu compare --help"))


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text


def _quote_names(given: str) -> str:
    """Quote names that Hydra's lexer cannot read, such as Chinese ones."""
    key, _, value = given.partition("=")
    if any(mark in value for mark in "['\"("):
        return given
    parts = [part if PLAIN.fullmatch(part) else repr(part) for part in value.split(",")]
    return f"{key}={','.join(parts)}"


def _lex(given: str) -> Any:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        return OverridesParser.create().parse_override(given)
    except HydraException as error:
        key, _, value = given.partition("=")
        if value.startswith("interval("):
            raise BadInput(worded("sweeps.two_numbers", given=given)) from error
        if value.startswith(",") or value.endswith(",") or ",," in value:
            raise BadInput(worded("values.comma", given=given)) from error
        told = one_line(error).partition(" expecting ")[0]  # a list of tokens tells a user nothing
        raise BadInput(worded("values.unreadable", value=value, key=key, error=told)) from error


def _values(override: Any, given: str, beside: Beside) -> list[Any]:
    """The values of an override, in the order written."""
    from hydra.core.override_parser.types import Glob, QuotedString, RangeSweep, Transformer
    from hydra.errors import HydraException

    if not override.is_sweep_override():
        return [override.value()]
    if isinstance(override._value, Glob):
        return _matching(override._value, override.key_or_group, beside)
    if isinstance(steps := override._value, RangeSweep):
        check_steps(given, steps.start or 0, steps.stop or 0, steps.step)
    try:
        found = list(override.sweep_iterator(Transformer.identity))
    except HydraException as error:
        raise BadInput(worded("values.no_sweep", given=given, error=one_line(error))) from error
    values: list[Any] = []
    for item in found:
        if isinstance(item, Glob):
            values += _matching(item, override.key_or_group, beside)
        else:
            values.append(item.text if isinstance(item, QuotedString) else item)
    return values


def _matching(pattern: Any, key: str, beside: Beside) -> list[str]:
    """The names that a glob matches, in folders too, which Hydra's own listing leaves out."""
    if key not in GROUPS:
        raise BadInput(worded("values.glob", key=key))
    names = beside.scenarios() if key == "scenario" else world_names()
    return list(pattern.filter(list(names)))


def _scenario(value: Any, beside: Beside) -> Any:
    """A scenario's name, or a tuple of names to be merged."""
    names = beside.scenarios()
    if isinstance(value, list):
        if not value:
            raise BadInput(worded("values.no_scenario"))
        texts = [getattr(item, "text", item) for item in value]
        return tuple(check_name("scenario", text, names) for text in texts)
    return check_name("scenario", value, names)
