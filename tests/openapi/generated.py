"""Python that two generators make of the OpenAPI document, reading what the API answers and what is sent to it.

    generated.py DOCUMENT FOLDER  with { "answers": […], "requests": [{ "request": {…}, "kind": "mini", "accepted": true }] } on standard input

Prints how many requests were refused.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

document, folder = sys.argv[1], Path(sys.argv[2])
programs = Path(sys.executable).parent
given = json.load(sys.stdin)


def generate(program, *words):
    # One of the generators formats its output with a program installed beside it.
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run([programs / program, *words], capture_output=True, text=True, cwd=folder, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr


# Two models differ only in a dot, which the names of enumeration members cannot contain.
(folder / "client.json").write_text('{ "literal_enums": true }')
generate("openapi-python-client", "generate", "--path", document, "--config", "client.json", "--output-path", "client", "--meta=none", "--fail-on-warning")
generate("datamodel-codegen", "--input", document, "--input-file-type=openapi", "--output-model-type=pydantic_v2.BaseModel", "--output=typed.py")
sys.path.insert(0, str(folder))

import typed  # noqa: E402
from client.models import SeedanceGenerationRequest, VideoGenerationResponse  # noqa: E402

for answer in given["answers"]:
    task = (answer.get("data") or {}).get("task_id")
    read = VideoGenerationResponse.from_dict(answer)
    assert (read.code, getattr(read.data or None, "task_id", None)) == (answer["code"], task), answer
    read = typed.VideoGenerationResponse.model_validate(answer)
    assert (read.code, read.data and read.data.task_id) == (answer["code"], task), answer

# Accepted requests are read. Refused ones are refused if a class can express why.
refused = 0
for each in given["requests"]:
    request, kind = each["request"], each["kind"]
    if each["accepted"]:
        assert SeedanceGenerationRequest.from_dict(request).to_dict() == request, request
    # The class of a definition has its name: `fast-i2v` is `FastI2v`, and `933` is `Field933`.
    name = "".join(word.capitalize() for word in kind.split("-"))
    name = f"Field{name}" if name[0].isdigit() else name
    try:
        getattr(typed, name).model_validate(request)
    except ValidationError:
        assert not each["accepted"], request
        refused += 1
print(refused)
