"""The pages on which sections are filled in, one for each way of answering."""
