"""Evidence in, effect draws out: quantities, distributions and Bayesian models of effects."""
