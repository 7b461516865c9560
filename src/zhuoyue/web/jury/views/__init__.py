"""The pages of the jury, by subject."""
