#!/usr/bin/env python3
"""An adapter of the conformance suite in Python: it wraps `raddle run --report`.

    conform run --adapter "python3 adapter.py [RADDLE]"

Requests are lines of JSON on standard input, answers on standard output; conformance/schemas/protocol.schema.json says what is in them.
"""
import json, re, signal, subprocess, sys, tempfile, threading

RADDLE = sys.argv[1] if len(sys.argv) > 1 else "raddle"


def describe():
    version = subprocess.run([RADDLE, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    return {
        "protocol": 1, "name": "python", "engine": "raddle run", "version": version, "isolation": "own-process",
        "capabilities": ["spawn", "timed-wait", "kill", "deadlock-report", "memory64", "backtrace"],
    }


def command(job, entry, report):
    """What `raddle run` is told. A process that is to be killed after some time is given a time limit."""
    limits, line = dict(job["limits"]), [RADDLE, "run", "--report", report]
    limits["time_limit_ms"] = job["embedder"]["kill_after_ms"] or limits["time_limit_ms"]
    options = {"entry": entry}
    for name, limit in limits.items():  # a limit's option has its name, and a time has a unit
        options[name.removesuffix("_ms")] = limit and (f"{limit}ms" if name.endswith("_ms") else limit)
    for name, value in options.items():
        line += ["--" + name.replace("_", "-"), str(value)] if value is not None else []
    line += ["--stack-check"] if job["threadify"]["stack_check"] else []
    line += ["--entry-args", ",".join(arg.split(":")[1] for arg in job["entry_args"])] if job["entry_args"] else []
    return line + [job["module"]]


def types_fit(job, entry):
    """`raddle run` reads arguments as numbers of the entry's types; here they come with types of their own."""
    seen = subprocess.run([RADDLE, "inspect", "--json", job["module"]], capture_output=True).stdout
    params = {export["name"]: export["params"] for export in json.loads(seen)["exports"]}.get(entry)
    return params is None or params == [arg.split(":")[0] for arg in job["entry_args"]]


def watch(process, word, output):
    """Reads standard output to its end; once the word is in it, interrupts the program, which kills it."""
    while chunk := process.stdout.read1():
        output += chunk
        if word and word in output:
            process.send_signal(signal.SIGINT)
            word = None  # a second signal would end raddle itself


def run(job):
    entry = job["entry"] or ("main" if job["entry_args"] else None)
    if job["entry_args"] and not types_fit(job, entry):
        return {"refused": {"stage": "start", "message": "the entry's arguments have other types"}}
    word = (job["embedder"]["kill_on_output"] or "").encode()
    with tempfile.NamedTemporaryFile(suffix=".json") as report, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command(job, entry, report.name), stdout=subprocess.PIPE, stderr=errors)
        output = bytearray()
        watcher = threading.Thread(target=watch, args=(process, word, output))
        watcher.start()
        try:
            process.wait(job["timeout_ms"] / 1000)
        except subprocess.TimeoutExpired:
            process.kill()
            return {"hung": True}
        finally:
            process.wait()
            watcher.join()
        errors.seek(0)
        errors, text = errors.read(), open(report.name).read()
    if not text:
        return refused(errors.decode(), process.returncode)
    ended = json.loads(text)
    if job["embedder"]["kill_after_ms"] and ended["outcome"] == "timed-out":
        ended["outcome"] = "killed"
    errors = re.sub(rb"raddle: warning: .*\n", b"", errors).split(b"raddle: ")[0]  # the rest comes after the program's
    return {"ended": ended, "stdout": text_or_bytes(bytes(output)), "stderr": text_or_bytes(errors)}


def refused(errors, status):
    """raddle's errors begin with a code; what makes no sense on its command line has the status 2."""
    code = re.search(r"\b(TF|BN|ST|RD)\d{4}\b", errors)
    if code is None and status != 2:
        return {"error": f"status {status}: {errors}"}
    stage = {"TF": "threadify", "BN": "load"}.get(code and code[1], "start")
    return {"refused": {"stage": stage, "code": code[0] if code else "", "message": errors}}


def text_or_bytes(output):
    try:
        return output.decode()
    except UnicodeDecodeError:
        return {"bytes": list(output)}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(describe() if request["call"] == "describe" else {"id": request["id"], **run(request)}), flush=True)
