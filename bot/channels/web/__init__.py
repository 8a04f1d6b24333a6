"""The web channel: the HTTP API."""
