"""What staff and operators use: the internal app and the command `annai`."""
