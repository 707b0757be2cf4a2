"""The same tasks by this program and by others that do them best; theirs in a process of theirs."""
