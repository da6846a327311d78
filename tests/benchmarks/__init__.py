"""`python -m tests.benchmarks`: times, each beside a floor measured in the same run."""
