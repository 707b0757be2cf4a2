"""How far the money moves with what the evidence takes for granted.

Two questions, both answered from the futures at hand, without another fit: what if prior or data
weighed more or less (power-scaling), and what if a parameter that the data have not moved were
known to be low, or high?
"""

from __future__ import annotations

from simulate.evidence_sensitivity.powered import Powered, powered
from simulate.evidence_sensitivity.reach import Move, Reach, Sensitivity, sensitivity
from simulate.evidence_sensitivity.targets import Target

__all__ = ["Move", "Powered", "Reach", "Sensitivity", "Target", "powered", "sensitivity"]
