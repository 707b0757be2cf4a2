"""The order of the stages, written once for each kind of scenario."""

from __future__ import annotations

from simulate.pipeline.contract import Begun, Lived, Settled, begin, live, terms_of
from simulate.pipeline.fund import FundLived, live_fund

__all__ = ["Begun", "FundLived", "Lived", "Settled", "begin", "live", "live_fund", "terms_of"]
