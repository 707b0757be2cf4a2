"""Speed, memory and accuracy, as ratios in one run: the machines are shared and noisy."""
