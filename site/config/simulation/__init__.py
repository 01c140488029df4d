"""A made-up movement in a database of its own, to look at the pages of numbers before there are any."""
