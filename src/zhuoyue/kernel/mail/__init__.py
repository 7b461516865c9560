"""Mail leaves through an outbox, after commit, at least once."""
