"""Benchmarks and drills: how fast Postroom is, and what is lost when things die. Counted by the sandbox, not by us."""
