"""The operator's commands, a file a noun."""
