"""Contestants: one file each, all claiming the same core model as far as their engine can express it."""
