"""What every claim of speed, quality and safety is measured with: `python -m benchmarks NAME`."""
