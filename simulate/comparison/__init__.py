"""Two scenarios under common random numbers: what differs, how much, and because of what."""
