"""Households that leave ekonomiskt bistånd, from counts, published net changes or rows."""
