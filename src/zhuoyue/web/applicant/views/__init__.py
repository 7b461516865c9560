"""Pages of the applicant, by subject."""
