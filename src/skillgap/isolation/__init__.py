"""Untrusted bytes are read in another process, with limits on time and memory.

`guard` is for one file on the command line: it forks before anything heavy is loaded, so its cost is
not felt. `pool` is for many: warm workers, each replaced when a file has killed it.
"""
