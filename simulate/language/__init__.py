"""The words a person reads. Swedish today; every sentence is looked up by a stable name."""
