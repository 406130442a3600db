"""SIGKILL at random moments, and what is left after each."""
