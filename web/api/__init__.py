"""What programs may do: the pages' verbs, with a key in place of a visitor and JSON in place of pages."""
