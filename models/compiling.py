"""How a model is compiled, so that its draws repeat, and where compiled functions are kept.

Fast-math would let the compiler reorder sums, differently when a function comes from the disk and
cannot be inlined; without it the bits are the same with any cache and with none. Functions are
read from the disk only from a folder of this program and these versions: PyTensor's own folder may
hold another version's code under the same key. It lies with the user's other caches, not among the
runs, which people send to each other: compiled code is not data.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

FLAGS: dict[str, Any] = {"floatX": "float64", "numba__fastmath": False}
LIBRARIES = (
    "arviz-stats",
    "h5netcdf",
    "numba",
    "numpy",
    "nutpie",
    "pymc",
    "pytensor",
    "scipy",
    "xarray",
)
_SETTING = "PYTENSOR_FLAGS"


def versions() -> dict[str, str]:
    """Return the versions that decide the samples."""
    found = {library: version(library) for library in LIBRARIES}
    return {"python": platform.python_version(), "machine": platform.machine()} | found


def choose_folder() -> Path:
    """Return the folder of compiled functions, and ask PyTensor for it if that is not too late.

    PyTensor reads the choice when it is first imported. One that was made already stands.
    """
    name = hashlib.sha256(repr(sorted(versions().items())).encode()).hexdigest()[:16]
    folder = user_cache_path("socialrisk") / "compiled" / name
    asked = os.environ.get(_SETTING, "")
    plain = not set(str(folder)) & set(",=")  # what separates settings from each other
    if "pytensor" not in sys.modules and "base_compiledir" not in asked and plain:
        os.environ[_SETTING] = ",".join(filter(None, (asked, f"base_compiledir={folder}")))
    return folder


def settings(persons: bool = False) -> dict[str, Any]:
    """Return the settings of PyTensor under which a model is compiled and sampled.

    Args:
        persons: whether the model reads rows about persons. What a model takes as given, such as
            ages, may then be numbers in its machine code, which is not kept.
    """
    folder = choose_folder()
    from pytensor.configdefaults import config  # slow, and only a fit needs it

    return FLAGS | {"numba__cache": Path(config.base_compiledir) == folder and not persons}
