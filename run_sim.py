"""Boligtrapp's commands from a clone: `python run_sim.py COMMAND`, the same as the installed `boligtrapp COMMAND`."""

if __name__ == "__main__":
    # Worker processes import this file too: outside this guard they would load all commands.
    from sim.cli import main

    main()
