"""The layout is a line, not a web: agents ← sim ← scenarios ← experiments; conf is YAML only."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from setuptools import find_namespace_packages

from agents.sources import kernel_sources

ROOT = Path(__file__).parents[1]
OURS = ("agents", "sim", "scenarios", "experiments")
CORE = OURS[:3]
LONGEST = 400


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """Dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, typing: bool = True) -> Iterator[str]:
    """Dotted names that a module imports; `typing=False` leaves out TYPE_CHECKING blocks."""
    hidden = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and not typing:
            hidden |= {id(child) for part in node.body for child in ast.walk(part)}
    for node in ast.walk(tree(path)):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert all(alias.name != "*" for alias in node.names), f"{path}: no star imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def offenders(paths: list[Path], forbidden: tuple[str, ...], **options: bool) -> list[str]:
    return [f"{name_of(path)} imports {name}" for path in paths
            for name in imports(path, **options) if within(name, *forbidden)]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "above"),
    [("agents", OURS[1:]), ("sim", OURS[2:]), ("scenarios", OURS[3:])],
)
def test_imports_go_one_way(folder, above):
    assert not offenders(sources(folder), above)


def test_conf_is_yaml_only():
    kinds = {path.suffix for path in (ROOT / "conf").rglob("*") if path.is_file()}
    assert kinds == {".yaml"}


OUTSIDE = ("hydra", "omegaconf", "matplotlib", "pandas", "duckdb", "pyarrow", "jinja2", "click",
           "rich", "yaml", "scipy")  # fmt: skip


def test_configuration_plots_and_data_frames_belong_to_experiments():
    assert not offenders(sources(*CORE), OUTSIDE)


def test_markets_are_pure_functions_of_arrays():
    """Arrays in, arrays out: no model, no ledger, no dice; of ours only exact and schema.

    `import agents` itself sets the folder of compiled kernels and gives no name to use.
    """
    ours = [(path, name) for path in sources("sim/markets") for name in imports(path)
            if within(name, *OURS)]  # fmt: skip
    strangers = [(name_of(path), name) for path, name in ours
                 if name != "agents"
                 and not within(name, "agents.exact", "agents.schema", "sim.markets")]  # fmt: skip
    assert not strangers


def test_phases_do_not_know_one_another_nor_the_model():
    for path in sources("sim/phases"):
        others = [n for n in imports(path) if within(n, "sim.phases") and n != name_of(path)]
        assert not others, f"{path.name} imports {others}"
        at_runtime = [
            n for n in imports(path, typing=False) if within(n, "sim.model", "sim.quarter")
        ]
        assert not at_runtime, f"{path.name} imports {at_runtime}"


def test_mechanisms_serve_phases_and_know_none():
    assert not offenders(sources("sim/mechanisms"), ("sim.phases", "sim.quarter"))


def test_a_lever_never_imports_a_lever():
    for path in sources("scenarios/levers"):
        if path == ROOT / "scenarios/levers/__init__.py":
            continue
        others = [n for n in imports(path) if within(n, "scenarios.levers")]
        assert not others, f"{path.name} imports {others}"


def test_every_lever_file_is_listed():
    """Explicit imports: no registry fills itself, and no file is forgotten."""
    listed = {n.rpartition(".")[0] for n in imports(ROOT / "scenarios/levers/__init__.py")
              if within(n, "scenarios.levers")}  # fmt: skip
    written = {name_of(path) for path in sources("scenarios/levers") if path.name != "__init__.py"}
    assert written == listed


# The one place of luck, and the same bits ---------------------------------------------------------

TRANSCENDENTAL = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "float_power",
                  "pow", "sin", "cos", "tan", "tanh", "sinh", "cosh", "arctan", "logaddexp",
                  "cbrt", "erf"}  # fmt: skip
BLAS = {"dot", "matmul", "einsum", "tensordot", "inner", "outer", "vdot", "linalg", "cov",
        "corrcoef", "polyfit", "convolve"}  # fmt: skip
UNSTABLE = {"argpartition", "partition"}


@pytest.mark.parametrize("path", sources(*CORE), ids=name_of)
def test_no_luck_but_the_dice_and_no_bits_that_depend_on_the_processor(path):
    here = name_of(path)
    found = [f"{here} imports {n}" for n in imports(path)
             if within(n, "random", "secrets", "uuid", "time", "numpy.random")]  # fmt: skip
    for node in ast.walk(tree(path)):
        line = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            library = node.value.id in {"np", "numpy", "math", "cmath"}
            if library and (node.attr in TRANSCENDENTAL | BLAS | UNSTABLE or node.attr == "random"):
                found.append(f"{line} {node.value.id}.{node.attr}")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            found.append(f"{line} @ uses BLAS")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            found.extend(_powers(node, line))
        if isinstance(node, ast.Call) and _called(node) in {"argsort", "sort"}:
            kinds = {k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
            if _called(node) == "argsort" and not kinds & {"stable", "mergesort"}:
                found.append(f"{line} argsort without kind='stable' leaves ties to the processor")
        if isinstance(node, ast.Call):
            found.extend(f"{line} {word.arg}" for word in node.keywords
                         if word.arg in {"fastmath", "parallel"})  # fmt: skip
    assert not found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _powers(node: ast.BinOp | ast.AugAssign, line: str) -> Iterator[str]:
    """A square is a product; any other power of a variable goes through the C library."""
    base, exponent = (node.left, node.right) if isinstance(node, ast.BinOp) else (None, node.value)
    squared = isinstance(exponent, ast.Constant) and exponent.value == 2
    parts = [node for part in (base, exponent) if part is not None for node in ast.walk(part)]
    variable = base is None or any(isinstance(part, ast.Name | ast.Attribute) for part in parts)
    if variable and not squared:
        yield f"{line} `**` differs between processors: use agents.exact.power or np.sqrt"


def test_kernels_depend_on_no_file_that_leaves_the_kernel_cache_stale():
    """The cache of compiled kernels is named by the files that name numba, and by no other."""
    hashed = {name_of(path) for path in kernel_sources()}
    types = {"agents.schema", "agents"}
    for path in kernel_sources():
        if "njit" not in path.read_text(encoding="utf-8"):
            continue
        ours = {n if n in hashed | types else n.rpartition(".")[0]
                for n in imports(path, typing=False) if within(n, *OURS)}  # fmt: skip
        beside_kernels = {
            "agents.population", "agents.table", "agents.columns", "sim.measures", "agents.codes",
        }  # fmt: skip
        assert ours <= hashed | types | beside_kernels, name_of(path)


def test_nothing_happens_at_import():
    """No print, no global configuration; every module opens with a sentence."""
    for path in sources(*CORE):
        if path.stat().st_size:
            assert ast.get_docstring(tree(path)), f"{name_of(path)} says nothing of itself"
        for node in tree(path).body:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                assert name_of(path) == "agents", f"{name_of(path)} acts at import"


# Readable --------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [*OURS, "tests"])
def test_no_file_is_longer_than_four_hundred_lines(folder):
    long = {name_of(path): n for path in sources(folder)
            if (n := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST}  # fmt: skip
    assert not long


def test_functions_fit_a_screen():
    """Forty lines, docstring and signature apart."""
    long = []
    for path in sources(*CORE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and path.name != "exact.py":
                first = (
                    node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                )
                lines = (node.end_lineno or 0) - first.lineno + 1
                if lines > 40:
                    long.append(f"{name_of(path)}.{node.name}: {lines}")
    assert not long


def test_nothing_is_left_to_be_done_later():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError\(\))")
    marks = [f"{path.relative_to(ROOT)}" for path in sources(*OURS)
             if words.search(path.read_text(encoding="utf-8"))]  # fmt: skip
    assert not marks


# Installed as it lies ----------------------------------------------------------------------------


def test_the_package_list_is_the_folders():
    """What is installed is every folder with code or values, and no other (tests, results, tools)."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    include = settings["tool"]["setuptools"]["packages"]["find"]["include"]
    listed = set(find_namespace_packages(str(ROOT), include=include))
    lying = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for folder in (*OURS, "conf")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".yaml"} and "__pycache__" not in path.parts
    }
    assert lying <= listed
    assert {name.partition(".")[0] for name in listed} == {*OURS, "conf"}


def test_every_folder_of_code_says_what_it_holds():
    for path in sources(*CORE):
        package = path.parent / "__init__.py"
        assert package.exists(), f"{package.relative_to(ROOT)} is missing"


def test_import_contracts_are_declared_for_the_linter_too():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"].get("importlinter", {}).get("contracts", [])
    assert any(contract["type"] == "layers" for contract in contracts)
