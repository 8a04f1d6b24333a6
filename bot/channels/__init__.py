"""How residents reach the bot: a folder a channel."""
