"""A local Postmark: the same HTTP API, the same webhooks, an inbox a person can read and answer, and fault knobs."""
