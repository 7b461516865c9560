"""Files people hand in: received, checked by content, kept by digest, given back as attachments."""
