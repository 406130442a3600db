"""What the commands do, a family a file."""
