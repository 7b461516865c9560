"""The award words, one app per subject, each with the same rooms."""
