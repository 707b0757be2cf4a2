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
    """A fresh cache, a cache filled by ordinary PyTensor use, and another home give equal bits."""
    flags = f"base_compiledir={tmp_path / 'compiled'}"
    fresh = _fit(PYTENSOR_FLAGS=flags, PYTHONHASHSEED="1")
    _fit(PYTENSOR_FLAGS=flags, FILL_CACHE="1")
    warm = _fit(PYTENSOR_FLAGS=flags, PYTHONHASHSEED="2")
    elsewhere = _fit(HOME=str(tmp_path), PYTHONHASHSEED="3", TZ="Asia/Tokyo", LC_ALL="C")
    assert fresh == warm == elsewhere
    assert len(fresh.split()) == 4
