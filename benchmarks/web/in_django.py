"""Call a function of a module beside this file in the server's environment; JSON in, JSON out.

python benchmarks/web/in_django.py MODULE FUNCTION ASKED.json ANSWER.json
"""

import importlib
import json
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    module, function, asked, answer = sys.argv[1:]
    django.setup()
    given = json.loads(Path(asked).read_text(encoding="utf-8"))
    found = getattr(importlib.import_module(module), function)(given)
    Path(answer).write_text(json.dumps(found), encoding="utf-8")
