"""A scenario at many values of its keys: content-addressed cells that are worked out once."""
