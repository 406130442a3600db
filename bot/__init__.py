"""The `cuttings` command, and everything a person sees."""
