"""Risk: what the distribution of futures means for each party, each figure with its error."""
