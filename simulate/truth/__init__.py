"""Truth: what the insats causes, in kronor, by year and party. Knows no measurement."""
