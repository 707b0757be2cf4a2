"""Tables that people open in Excel: what is written for them, and what they send back."""
