"""How pictures look: colours that all can tell apart, letters as shapes, no clock."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulate.language.numbers import per_cent, significant

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# Blue and orange after Okabe and Ito. In grey both are equally dark, so nothing rests on which of
# them a line has: what lies beside orange is filled with light blue, has markers or is dashed.
BLUE, ORANGE, INK, GREY = "#0072B2", "#B84A00", "#222222", "#6b6b6b"
LIGHT, LIGHTER = "#86B9DC", "#CBE1F0"
# Inches. On a telephone a picture is 3.7 inches wide, so that the smallest letters, of 8 points,
# are still 9 pixels tall there.
WIDTH, SMALL = 4.2, 8.0
_STYLE: Any = {
    "svg.hashsalt": "socialrisk",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
}


@dataclass(frozen=True)
class Picture:
    """A picture for a page.

    Attributes:
        uri: the picture itself, as an address that needs no network.
        alt: what it says, in words.
        caption: what stands under it; may be empty.
        title: what stands above it; may be empty.
    """

    uri: str
    alt: str
    caption: str
    title: str = ""


@contextmanager
def styled() -> Iterator[None]:
    """Draw inside with this style, whatever the machine's own settings are."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def on_white(text: Text) -> None:
    """Keep the text readable on whatever lies behind it.

    A halo around the letters would write each of them out twice, and double the page.
    """
    text.set_bbox({"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.8})


def plain(value: float, _: object = None) -> str:
    """Write a tick as people write numbers."""
    return significant(round(value, 9))


def percent_axis(axis: object) -> None:
    """Write the ticks of an axis of shares in per cent."""
    axis.set_major_formatter(  # type: ignore[attr-defined]  # an axis of matplotlib
        lambda value, _: per_cent(significant(round(value * 100, 9)))
    )


def svg(figure: Figure) -> str:
    """Return the figure as SVG; equal figures give equal bytes."""
    out = io.StringIO()
    figure.savefig(out, format="svg", dpi=200, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def png(figure: Figure) -> bytes:
    """Return the figure as PNG."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=200, metadata={"Software": None})
    return out.getvalue()


def as_uri(svg: str) -> str:
    """Return the picture as an address that needs no network."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
