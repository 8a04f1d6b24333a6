"""Setting up a town's LINE account, and finding out why it does not answer."""
