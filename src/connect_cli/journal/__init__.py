"""What the product does, in the user's words: functions on an open journal."""
