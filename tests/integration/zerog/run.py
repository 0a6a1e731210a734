"""Runs the cases of one file: run.py BIN_DIR cases_NAME [words that a case's name must hold ...]"""
import importlib
import inspect
import pathlib
import sys
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import lab  # noqa: E402

lab.BIN = sys.argv[1]
module = importlib.import_module(sys.argv[2])
wanted = sys.argv[3:]
cases = [(name, case) for name, case in vars(module).items()
         if inspect.isfunction(case) and case.__module__ == module.__name__ and not inspect.signature(case).parameters and (case.__doc__ or "")[:1] != "-"]
helpers = {"by_question", "streamed", "lengths"}
failed = []
for name, case in cases:
    if name in helpers or (wanted and not any(w in name for w in wanted)):
        continue
    begun = time.monotonic()
    try:
        case()
        print(f"passed {name} ({time.monotonic() - begun:.1f} s)", flush=True)
    except Exception:  # noqa: BLE001 - every case is told of
        failed.append(name)
        print(f"FAILED {name}", flush=True)
        traceback.print_exc()
print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "all passed")
sys.exit(bool(failed))
