"""The same send through other queues and mailers, each in a Python of its own under .local/peers."""
