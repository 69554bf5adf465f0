"""The queue under fire: scratch stacks of real services and processes that campaigns may kill."""
