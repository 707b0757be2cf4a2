"""From a short-run measure to a long-run outcome: a published risk ratio and how much is causal."""
