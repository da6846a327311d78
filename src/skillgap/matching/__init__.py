"""One profile against role profiles: score, similarity, gaps."""
