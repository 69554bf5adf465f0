"""Tests of the benchmarks: their files keep their formats."""
