"""Imports point strictly downwards, and checking a scenario stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Lowest first. A module belongs to the layer with the longest matching prefix and may import
# only its own layer and those above it in this list. `models.*` is any folder with a model.
LAYERS = [
    ["models.quantity", "models.distributions", "models.language", "models.compiling"],
    ["models.spoken"],
    ["models.units", "models.chance"],
    ["models.number_schema"],
    ["models.number"],
    ["models.table", "models.quantile"],
    ["models.rows"],
    ["models.spec"],
    ["models.*.arms", "models.*.keys"],
    ["models.*.spec"],
    [
        "models.diagnosis",
        "models.importance",
        "models.interface",
        "models.netcdf",
        "models.quadrature",
    ],
    ["models.psis", "models.chains", "models.pit", "models.reasons"],
    ["models.posterior", "models.priors", "models.loo", "models.power"],
    ["models.learning"],
    ["models.*"],
    ["models.evidence"],
    ["models.fit"],
    ["models.timings"],
    ["models.cache", "models.calibration", "models.synthetic"],
    ["models", "scenarios"],
    ["simulate.language", "simulate.interrupts"],
    ["simulate.errors"],
    ["simulate.contract.bound"],
    ["simulate.draws.values", "simulate.contract.money"],
    ["simulate.contract.terms"],
    ["simulate.contract.clauses"],
    ["simulate.scenario"],
    ["simulate.draws"],
    ["simulate.contract"],
    ["simulate.programme"],
    ["simulate.truth"],
    ["simulate.measurement"],
    ["simulate.ledger", "simulate.discount"],
    ["simulate.aterforing"],
    ["simulate.value"],
    ["simulate.characteristics"],
    ["simulate.pipeline"],
    ["simulate.futures"],
    ["simulate.walks"],
    ["simulate.risk"],
    ["simulate.evidence"],
    ["simulate.run"],
    ["simulate.evidence_sensitivity"],
    ["simulate.sensitivity"],
    ["simulate.folder"],
    ["simulate.provenance"],
    ["simulate.sheets"],
    ["simulate.store"],
    ["simulate.prose"],
    ["simulate.stored"],
    ["simulate.report"],
    ["simulate.review", "simulate.operating"],
    ["simulate.sensitivity.told"],
    ["simulate.gates"],
    ["simulate.sweep", "simulate.comparison", "simulate.design"],
    ["simulate.chapters"],
    ["simulate.verify"],
    ["simulate.terminal"],
    ["simulate.cli"],
    ["simulate"],
]
RANKS = {prefix: rank for rank, layer in enumerate(LAYERS) for prefix in layer}


def rank(module: str) -> int:
    """Return the layer of a module."""
    first, _, rest = module.partition(".")
    folder = rest.partition(".")[0]
    if first == "models" and (ROOT / "models" / folder / "spec.py").exists():
        module = module.replace(f"models.{folder}", "models.*")
    prefixes = [p for p in RANKS if module == p or module.startswith(p + ".")]
    return RANKS[max(prefixes, key=len)]


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module of the program."""
    for package in ("models", "simulate"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imported(path: Path) -> Iterator[str]:
    """Yield the project's modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                is_module = (ROOT / Path(*name.split("."))).with_suffix(".py").exists()
                yield name if is_module else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=str)
def test_imports_point_downwards(module: str, path: Path) -> None:
    """A module imports nothing from a layer above its own."""
    for name in imported(path):
        if not name.startswith(("models", "simulate", "scenarios")):
            continue
        assert rank(name) <= rank(module), f"{module} imports {name}, which lies above it"


def test_models_know_nothing_of_the_simulator() -> None:
    """No file under models/ imports simulate."""
    for module, path in modules():
        if module.startswith("models"):
            assert not [n for n in imported(path) if n.startswith("simulate")], module


def test_only_models_import_the_sampler() -> None:
    """PyMC, nutpie and ArviZ are named nowhere in simulate/."""
    for module, path in modules():
        if module.startswith("simulate"):
            found = [n for n in imported(path) if n.split(".")[0] in ("pymc", "nutpie", "arviz")]
            assert not found, module


def _runs(code: str) -> None:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_checking_is_light() -> None:
    """Reading and checking every shipped scenario imports neither numpy nor PyMC."""
    code = (
        "import sys\n"
        "from simulate.scenario.read import load\n"
        "from simulate.scenario.shipped import shipped\n"
        "[load(path) for path in shipped().values()]\n"
        "heavy = {'numpy', 'scipy', 'xarray', 'pymc', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_help_imports_no_command() -> None:
    """Help needs neither pydantic nor any command's module."""
    code = (
        "import sys, contextlib, io\n"
        "sys.argv = ['simulate', '--help']\n"
        "from simulate.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main()\n"
        "heavy = {'numpy', 'pydantic', 'rich', 'simulate.cli.run_command'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
