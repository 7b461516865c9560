"""Long work in the background, with progress, cancel, retry and a schedule."""
