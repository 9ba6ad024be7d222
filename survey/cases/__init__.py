"""Which complaints reached the company, and what became of them."""
