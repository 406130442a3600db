"""The databases of a data folder in one file, and back."""
