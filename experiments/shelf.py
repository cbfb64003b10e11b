"""The shelf of scenario and world files: which names exist, shipped or a planner's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from agents.sources import ROOT
from experiments.errors import BadInput, unknown
from experiments.own import own_ids
from experiments.speech import worded
from experiments.typed_path import typed_path

CONF = ROOT / "conf"


def _names(folder: Path) -> tuple[str, ...]:
    """Names of YAML files below a folder, folders before the name by a slash, sorted."""
    return tuple(
        sorted(
            path.relative_to(folder).with_suffix("").as_posix()
            for path in folder.rglob("*.yaml")
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
    )


@cache
def world_names() -> tuple[str, ...]:
    """The worlds that ship."""
    return _names(CONF / "world")


@cache
def shipped_scenarios() -> tuple[str, ...]:
    """The scenarios that ship: baseline, packages, then single levers in the document's order."""
    from scenarios.levers import LEVERS

    order = {f"only/{lever}": place for place, lever in enumerate(LEVERS)}

    def place(name: str) -> tuple[bool, bool, int, str]:
        return (name != "baseline", "/" in name, order.get(name, len(order)), name)

    return tuple(sorted(_names(CONF / "scenario"), key=place))


def own_scenarios(folder: str) -> dict[str, Path]:
    """A planner's own scenario files by name; raises BadInput for a folder that cannot be read."""
    if not folder:
        return {}
    path = typed_path(folder)
    if not path.is_dir():
        raise BadInput(worded("files.no_folder", folder=folder))
    found = {name: path / f"{name}.yaml" for name in _names(path)}
    if not found:
        raise BadInput(worded("files.no_yaml", folder=folder))
    for name in found:
        if name in shipped_scenarios():
            raise BadInput(worded("files.ships", path=found[name]))
    return found


def scenario_names(folder: str = "", own: str = "") -> tuple[str, ...]:
    """Every scenario that may be named; each lever of a user's file (text `own`) has one alone."""
    names = (*shipped_scenarios(), *own_scenarios(folder))
    alone = (f"only/{lever}" for lever in own_ids(own)) if own else ()
    return tuple(dict.fromkeys((*names, *alone)))


def check_name(kind: str, name: Any, names: tuple[str, ...]) -> str:
    """Refuse a scenario or world that is not on the shelf, and any path in disguise."""
    if not isinstance(name, str) or ".." in name:
        raise BadInput(worded("values.no_name", kind=kind, name=name))
    if name not in names:
        raise unknown(kind, name, names, worded("look.lists", command=f"wotu {kind}s"))
    return name


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a scenario file; raises BadInput that says where it stops being YAML."""
    import yaml
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    try:
        node = OmegaConf.load(path)
    except OSError as error:
        raise BadInput(worded("files.unreadable", path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise BadInput(worded("files.no_text", path=path, start=error.start)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = worded("files.at", line=mark.line + 1, column=mark.column + 1) if mark else ""
        problem = getattr(error, "problem", None) or worded("files.not_read")
        raise BadInput(worded("files.bad_yaml", path=path, place=place, problem=problem)) from error
    except OmegaConfBaseException as error:
        raise BadInput(
            worded("files.no_scenario", path=path, error=str(error).splitlines()[0])
        ) from error
    values = OmegaConf.to_container(node, resolve=False)
    if not isinstance(values, dict):
        raise BadInput(worded("files.no_mapping", path=path))
    return {str(key): value for key, value in values.items()}


def first_comment(path: Path) -> str:
    """The first comment line of a YAML file, its one-line description."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and not line.startswith("# @"):
            return line[2:].strip()
    return ""
