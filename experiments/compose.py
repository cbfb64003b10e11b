"""Hydra composes and checks each scenario × world once; what comes back is plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.dates import dated, is_date
from experiments.errors import BadInput, nearest, one_line
from experiments.grammar import unknown_key
from experiments.own import known_levers, own_ids
from experiments.schema import FREE_TEXT, config_class, known_keys
from experiments.shelf import CONF, own_scenarios, read_yaml
from experiments.speech import worded
from experiments.text import LANGUAGES, Text, lever_text

Values = dict[str, Any]
_TYPES = (bool, int, float, str, tuple)
SCENARIO_KEYS = ("title", "levers", "extra_budget", "budget_source", "envelope_total")


@contextmanager
def composer(scenarios_from: str = "", own: str = "") -> Iterator[Composer]:
    """Open Hydra on conf/, a planner's own scenarios and levers (the text of their file)."""
    from hydra import initialize_config_dir
    from hydra.core.config_store import ConfigStore
    from hydra.core.global_hydra import GlobalHydra

    GlobalHydra.instance().clear()
    repository = ConfigStore.instance().repo
    before = dict(repository)
    store = ConfigStore.instance()
    store.store(name="schema", node=config_class(own), package="_global_", provider="declarations")
    store.store(name="bare", node={}, provider="declarations")
    files = own_scenarios(scenarios_from)
    # Hydra copies its sources for each composition, and the store is one: it would be copied with the
    # schema in it, though it gives away nothing but copies.
    vars(store)["__deepcopy__"] = lambda _: store
    try:
        for lever in own_ids(own) if own else ():
            store.store(
                group="scenario/only", name=lever, node=_alone(lever, own), package="_global_",
                provider="own",
            )  # fmt: skip
        for name, path in files.items():
            *groups, leaf = ("scenario", *name.split("/"))
            node = _node(path)
            store.store(
                group="/".join(groups), name=leaf, node=node, package="_global_", provider=str(path)
            )
        with initialize_config_dir(str(CONF), version_base="1.3"):
            yield Composer(own, files, shipped=not files and not own)
    finally:
        vars(store).pop("__deepcopy__", None)
        repository.clear()
        repository.update(before)


def _node(path: Path) -> Values:
    """A planner's own scenario as Hydra takes it; raises BadInput for a key that no scenario has."""
    node = read_yaml(path)
    for key in node:
        if key not in SCENARIO_KEYS:
            raise BadInput(
                worded(
                    "files.scenario_key",
                    path=path,
                    key=key,
                    nearest=nearest(key, SCENARIO_KEYS),
                    keys=", ".join(SCENARIO_KEYS),
                )
            )
    node["levers"] = dated(node.get("levers", {}))
    if isinstance(node.get("title"), str):
        node["title"] = dict.fromkeys(LANGUAGES, node["title"])
    return node


def _alone(lever: str, own: str) -> Values:
    """The scenario of one lever of a user's file."""
    kind = known_levers(own)[lever]
    title = {lang: lever_text(Text(lang), kind, "title") for lang in LANGUAGES}
    return {"title": title, "levers": {lever: {"enabled": True}}}


class Composer:
    """Composes configurations; made by `composer`.

    What ships is composed once a process; a planner's own files may change between two looks.
    """

    def __init__(self, own: str, files: Mapping[str, Path], *, shipped: bool) -> None:
        self.own, self.files = own, files
        self._compose_any = _compose_once if shipped else _compose

    def _compose(self, name: str, overrides: tuple[str, ...]) -> Any:
        return self._compose_any(name, overrides, self.own)

    def compose(self, overrides: Sequence[tuple[str, Any]]) -> Configured:
        """Compose and check one configuration.

        A scenario that is a tuple of names is merged; names that set one value differently are
        refused. Raises BadInput with the key named.
        """
        for key, value in overrides:
            if key == "scenario" and isinstance(value, tuple):
                self._check_conflicts(value)
        names = dict(overrides).get("scenario", "baseline")
        try:
            node = self._compose("config", tuple(_typed(key, value) for key, value in overrides))
        except BadInput as error:
            raise self._located(error, names if isinstance(names, tuple) else (names,)) from error
        if isinstance(names, tuple) and len(names) > 1 and "title.en" not in dict(overrides):
            node.title.update(self.title_of(names))
        return Configured(node, self.own)

    def _located(self, error: BadInput, names: Sequence[str]) -> BadInput:
        """The error with the planner's own file that has it, if one has."""
        for name in names:
            if name in self.files:
                try:
                    self._compose("config", (f"scenario={_quoted(name)}",))
                except BadInput:
                    return self.in_file(name, error)
        return error

    def in_file(self, name: str, error: BadInput) -> BadInput:
        """The error with the planner's own file of a scenario."""
        return BadInput(worded("values.labelled", label=self.files[name], problem=error))

    def title_of(self, names: Sequence[str]) -> dict[str, str]:
        """The title of merged scenarios in each language: theirs in a row."""
        stated = self.stated(names)
        titles = [stated[name].get("title", {}) for name in names]
        return {lang: " + ".join(title.get(lang, "") for title in titles) for lang in LANGUAGES}

    def stated(self, names: Sequence[str]) -> dict[str, Values]:
        """What each scenario states itself, by name."""
        from omegaconf import OmegaConf

        found = {}
        for name in names:
            node = self._compose("bare", (f"+scenario={_quoted(name)}",))
            found[name] = OmegaConf.to_container(node, resolve=False)
        return found  # type: ignore[return-value]

    def _check_conflicts(self, names: Sequence[str]) -> None:
        stated: dict[str, tuple[str, Any]] = {}
        for name, values in self.stated(names).items():
            for key, value in flat(values).items():
                other, present = stated.setdefault(key, (name, value))
                if present != value and not key.startswith("title."):
                    raise BadInput(
                        worded(
                            "values.disagree",
                            other=other,
                            name=name,
                            key=key,
                            present=present,
                            value=value,
                        )
                    )


class Configured:
    """One composed configuration; `set` checks another value against the schema's type."""

    def __init__(self, node: Any, own: str = "") -> None:
        self.node, self.own = node, own
        values = self.values()
        for key, value in flat(values).items():
            if "${" in str(value) or value == "???":
                raise BadInput(worded("values.refers", key=key, value=value))

    def values(self) -> Values:
        """Plain nested values."""
        from omegaconf import OmegaConf

        return OmegaConf.to_container(self.node, resolve=False)  # type: ignore[return-value]

    def typed(self, key: str, value: Any) -> Any:
        """Another value of a key, converted to the key's type; raises BadInput."""
        from omegaconf import OmegaConf
        from omegaconf.errors import OmegaConfBaseException

        before = OmegaConf.select(self.node, key)
        try:
            OmegaConf.update(self.node, key, list(value) if isinstance(value, tuple) else value)
            after = OmegaConf.select(self.node, key)
            OmegaConf.update(self.node, key, before)
        except OmegaConfBaseException as error:
            raise _readable(error, f"{key}={value}", self.own) from error
        return list(after) if OmegaConf.is_list(after) else after


def flat(values: Mapping[str, Any], prefix: str = "") -> Values:
    """Nested values by dotted key."""
    found: Values = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + str(key)] = value
    return found


def _quoted(text: str) -> str:
    from hydra.core.override_parser.types import Quote, QuotedString

    return QuotedString(text, Quote.single).with_quotes()


def _typed(key: str, value: Any) -> str:
    """An override as Hydra reads it."""
    if key in FREE_TEXT or (key in ("scenario", "world", "against") and isinstance(value, str)):
        return f"{key}={_quoted(str(value))}"
    if isinstance(value, tuple | list):
        return f"{key}=[{','.join(_element(item) for item in value)}]"
    return f"{key}={_element(value)}"


def _element(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "null" if value is None else str(value).lower()
    return _quoted(value) if isinstance(value, str) else repr(value)


def _compose(name: str, overrides: tuple[str, ...], own: str = "") -> Any:
    from hydra import compose
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException

    try:
        return compose(config_name=name, overrides=list(overrides))
    except (HydraException, OmegaConfBaseException) as error:
        raise _readable(error, "", own) from error


_compose_once = lru_cache(maxsize=128)(_compose)


def _readable(error: BaseException, given: str, own: str) -> BadInput:
    """One sentence from what Hydra and OmegaConf say, with the key and the nearest known key."""
    cause: BaseException = error
    inner: BaseException | None = error
    while inner is not None:
        cause = inner if getattr(inner, "full_key", None) else cause
        inner = inner.__cause__ or inner.__context__
    key = str(getattr(cause, "full_key", None) or "")
    told = one_line(cause)
    if key and key not in known_keys(own) and "not in" in told:
        return unknown_key(key, own)
    if key:
        default = flat(asdict(config_class(own)())).get(key)
        value = getattr(cause, "value", None)
        given = given or (key if value is None else f"{key}={value}")
        kind = type(default).__name__ if type(default) in _TYPES else "other"
        text = "values.date_kind" if is_date(key) else "values.kind"
        return BadInput(worded(text, given=given, kind=worded(f"types.{kind}")))
    return BadInput(worded("values.configuration", told=told))
