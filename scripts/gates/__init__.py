"""What the gates of scripts/check share: findings, the layer table, and a small reader of Swift source."""
