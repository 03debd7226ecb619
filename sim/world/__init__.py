"""The world: state, verbs, moments, mechanisms and their assembly.

Only verbs change shared state; a mechanism is one file that reads like its page in the documentation.
"""
