"""Real data in: stock, tenants, waiting list, teams and projects from CSV or Excel, by a declared mapping."""
