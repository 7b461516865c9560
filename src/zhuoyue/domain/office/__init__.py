"""Read models of the secretariat's pages: what spans several apps is asked here, and nothing is written."""
