"""NetCDF files that this program wrote, read with h5py alone: xarray's reader takes thrice as long.

Writing is left to xarray, so that the files are what any reader of NetCDF expects.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray as xr
from numpy.typing import NDArray

# How NetCDF marks a dimension that has no coordinates.
_NOT_A_VARIABLE = b"This is a netCDF dimension but not a netCDF variable"


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a file for reading, its variables in the order in which they were written.

    Raises:
        OSError: the file is missing, damaged or not NetCDF.
    """
    with h5py.File(path, "r", track_order=True) as file:
        yield file


def dataset(group: Any) -> xr.Dataset:
    """Return the variables of a group, in memory.

    Truth values, which NetCDF lacks, are stored as the only single bytes and come back as such.

    Raises:
        OSError: the group is damaged.
        KeyError: a variable is not as NetCDF has them.
    """
    return xr.Dataset({name: _variable(one) for name, one in group.items() if not _size(one)})


def _variable(one: Any) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Return the dimensions of a variable, and its values."""
    # A coordinate is a scale of its own and is not attached to itself.
    dims = (one.name,) if one.is_scale else tuple(dim[0].name for dim in one.dims)
    values = one.asstr()[...] if one.dtype == object else one[...]
    values = values.astype(bool) if values.dtype == np.int8 else values
    return tuple(name.rpartition("/")[2] for name in dims), values


def _size(one: Any) -> bool:
    """Whether something is a dimension without coordinates, which only says how long it is."""
    return bool(one.is_scale) and one.attrs["NAME"].startswith(_NOT_A_VARIABLE)
