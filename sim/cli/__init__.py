"""The commands. Imports nothing until `main` is called: worker processes of the installed command pass through here."""

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    from sim.cli.marker import refuse_foreign_rules

    refuse_foreign_rules()
    from sim.cli.app import app

    app()
