"""Run one benchmark, or list them: every module here with `add_arguments(parser)` and `run(args)` is one.

A benchmark tells its progress on the standard error and returns a mapping, printed as one last line of JSON.
"""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import benchmarks


def discover() -> dict[str, ModuleType]:
    """Return the benchmarks by the name they are called by, dashes for underscores."""
    found = {}
    for entry in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda entry: entry.name):
        if entry.name.startswith("_"):
            continue
        module = importlib.import_module(f"benchmarks.{entry.name}")
        if hasattr(module, "add_arguments") and hasattr(module, "run"):
            found[entry.name.replace("_", "-")] = module
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the command line, run what it names and print the result; list the benchmarks without a name."""
    found = discover()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=benchmarks.__doc__)
    commands = parser.add_subparsers(dest="name", metavar="NAME")
    for name, module in found.items():
        summary = (module.__doc__ or "").strip().partition("\n")[0]
        module.add_arguments(commands.add_parser(name, help=summary, description=summary))
    args = parser.parse_args(argv)
    if args.name is None:
        parser.print_help()
        return 0
    result = {"benchmark": args.name, **found[args.name].run(args)}
    sys.stderr.flush()
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
