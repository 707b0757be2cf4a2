"""What a path of money is worth: net present value, payback, rate of return, multiple."""
