"""Links: what stands at an address, fetched with guards and read."""
