"""Verbs: the only things that change shared state. Each guards, changes, records, marks who is dirty, then calls its moment."""
