"""The cache gives back the same bits, trusts nothing damaged, knows what decides a posterior."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models.cache import cache_key, fit_or_load
from models.fit import fit_seed
from models.posterior import Posterior, read
from models.timings import TIMINGS
from tests.models_layer.blocks import hasty, skolfam2

ROOT = Path(__file__).parents[2]


def test_cold_and_warm_are_bit_identical(skolfam2_fit: Posterior, cache_dir: Path) -> None:
    """What a cold fit returns equals what is loaded, and loading does not fit."""

    def never(done: int, of: int) -> None:
        pytest.fail("fitted again")

    warm = fit_or_load("skolfam2", skolfam2(), 1, cache_dir, never)
    assert warm.digest() == skolfam2_fit.digest()
    for name, values in skolfam2_fit.samples.data_vars.items():
        assert warm.samples[name].values.tobytes() == values.values.tobytes()
    assert (warm.learning, warm.checks, warm.diagnosis, warm.manifest) == (
        skolfam2_fit.learning,
        skolfam2_fit.checks,
        skolfam2_fit.diagnosis,
        skolfam2_fit.manifest,
    )


def test_equal_posteriors_give_equal_files(skolfam2_fit: Posterior, tmp_path: Path) -> None:
    """Written twice, the bytes are the same."""
    sums = []
    for name in ("a.nc", "b.nc"):
        skolfam2_fit.write(tmp_path / name)
        sums.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert sums[0] == sums[1]


def test_nothing_half_done_is_left(skolfam2_fit: Posterior, cache_dir: Path) -> None:
    """The cache folder holds finished files only, and how long the fits took."""
    assert all(path.suffix == ".nc" for path in cache_dir.iterdir() if path.name != TIMINGS)
    assert skolfam2_fit.name == "skolfam2"


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def _empty(data: bytes) -> bytes:
    return data[:0]


def _text(data: bytes) -> bytes:
    return b"not a posterior" + data[:0]


@pytest.mark.parametrize("damage", [_cut, _flip, _empty, _text])
def test_damage_is_seen(
    damage: Callable[[bytes], bytes], skolfam2_fit: Posterior, tmp_path: Path
) -> None:
    """A file that is cut, changed in one bit, empty or something else cannot be read."""
    path = tmp_path / "posterior.nc"
    skolfam2_fit.write(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises((OSError, ValueError)):
        read(path)


def test_damaged_file_is_fitted_again(hasty_fit: Posterior, cache_dir: Path) -> None:
    """The damaged file that lay where this posterior belongs was replaced by a fit."""
    (path,) = cache_dir.glob(f"*{cache_key('hasty', hasty(), 1)[:32]}*")
    assert read(path).digest() == hasty_fit.digest()


def test_words_do_not_refit() -> None:
    """Titles, sources and kinds are not part of the key; data, priors and seed are."""
    key = cache_key("x", skolfam2(), 1)
    worded = skolfam2(title="SkolFam 2", source="p. 3", kind="published")
    assert cache_key("x", worded, 1) == key
    others = [
        cache_key("x", skolfam2(), 2),
        cache_key("y", skolfam2(), 1),
        cache_key("x", skolfam2(prior={"cv": 0.4}), 1),
        cache_key("x", skolfam2(treated={"n": 22, "total": "20 507 393 kr"}), 1),
        cache_key("x", skolfam2(sampling={"draws": 2000}), 1),
    ]
    assert len({key, *others}) == 1 + len(others)


def test_every_block_has_its_own_seed() -> None:
    """The seed comes from the scenario's fit seed and the block's name, and from nothing else."""
    seeds = {fit_seed(name, seed) for name in ("a", "b") for seed in (1, 2)}
    assert len(seeds) == 4
    assert fit_seed("skolfam2", 1) == 2_842_089_495


def test_samples_are_plain(skolfam2_fit: Posterior) -> None:
    """Dims (chain, draw), float64; latent variables are not kept; flat arrays go chain by chain."""
    samples = skolfam2_fit.samples
    assert set(samples.dims) == {"chain", "draw"}
    assert {x.dtype for x in samples.data_vars.values()} == {np.dtype("float64")}
    assert not {"study_z", "new_z"} & set(samples.data_vars)
    flat = skolfam2_fit.quantity("level")
    assert np.array_equal(flat[:1000], samples["level"].values[0])


def test_manifest_has_no_clock_and_no_path(skolfam2_fit: Posterior) -> None:
    """The manifest says how it was fitted, not when or where."""
    assert set(skolfam2_fit.manifest) == {
        "model", "sampler", "backend", "seed", "settings", "versions",
    }  # fmt: skip
    assert "/" not in str(skolfam2_fit.manifest)


@pytest.mark.slow  # a process of its own
def test_loading_needs_no_sampler(skolfam2_fit: Posterior, cache_dir: Path) -> None:
    """Loading from the cache imports neither PyMC, PyTensor, nutpie, numba nor ArviZ."""
    slow = ("pymc", "pytensor", "nutpie", "numba", "arviz", "arviz_stats", "arviz_base")
    code = (
        "import sys; from pathlib import Path; from models.cache import fit_or_load;"
        "from tests.models_layer.blocks import skolfam2;"
        f"p = fit_or_load('skolfam2', skolfam2(), 1, Path({str(cache_dir)!r}));"
        f"print(p.digest(), [m for m in {slow} if m in sys.modules])"
    )
    assert _python(code) == f"{skolfam2_fit.digest()} []"


def test_reading_a_block_needs_no_numpy() -> None:
    """The specifications of evidence import the standard library and pydantic only."""
    code = (
        "import sys; import models.evidence;"
        "print([m for m in ('numpy', 'scipy', 'xarray', 'pymc') if m in sys.modules])"
    )
    assert _python(code) == "[]"


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()
