"""What is wrong with a letter, before anybody gets it."""
