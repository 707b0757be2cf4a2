"""A fit gives the same bits whatever the compile caches hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _fit(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.models_layer.fit_bytes"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.mark.slow
def test_bytes_do_not_depend_on_caches(tmp_path: Path) -> None:
    """An empty cache, a full one, PyTensor's own that a careless use filled: equal bits."""
    own = {"XDG_CACHE_HOME": str(tmp_path / "own"), "PYTENSOR_FLAGS": ""}
    empty = _fit(**own, PYTHONHASHSEED="1")
    assert list((tmp_path / "own").rglob("*.nbc"))
    full = _fit(**own, PYTHONHASHSEED="2")
    flags = f"base_compiledir={tmp_path / 'compiled'}"
    _fit(PYTENSOR_FLAGS=flags, FILL_CACHE="1")
    without = _fit(PYTENSOR_FLAGS=flags, PYTHONHASHSEED="3", TZ="Asia/Tokyo", LC_ALL="C")
    assert empty == full == without
    assert len(empty.split()) == 4
