"""What a town knows and how it is found: no web, no chat."""
