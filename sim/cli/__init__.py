"""The commands. Imports nothing until `main` is called: worker processes of the installed command pass through here."""

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        from sim.cli.marker import refuse_foreign_rules

        refuse_foreign_rules()
        from sim.cli.app import app

        app()
    except KeyboardInterrupt:  # while the program itself is being read
        import sys

        from sim.cli.language import INTERRUPTED, spoken_language

        sys.stderr.write(INTERRUPTED[spoken_language(sys.argv[1:])] + "\n")
        sys.exit(130)
