"""Random numbers: one stream a factor, keyed by its name."""
