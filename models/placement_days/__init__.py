"""Days in care per person and window: shared between kinds of care, never more than the window."""
