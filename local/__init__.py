"""What a laptop needs to run Postroom: real servers from wheels, an environment, and processes to supervise."""
