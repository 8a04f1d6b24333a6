"""The LINE channel: what residents see there, and what LINE allows."""
