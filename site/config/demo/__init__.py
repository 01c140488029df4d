"""The demo organisation: made up from end to end, labelled, and removable without a trace."""
