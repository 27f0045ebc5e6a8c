"""The programs under test: a nation of its own for each journey, its servers, and their end by own process id."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(os.environ.get("MADOGUCHI_BIN", ".build/debug")).resolve()
SCREENSHOTS = Path(os.environ.get("MADOGUCHI_SCREENSHOTS", ".build/screenshots")).resolve()
PERSONAS_MORNING = "2026-04-15T12:05:00+09:00"
"""A moment of the demo nation's first day, after it was made."""
START_SECONDS = 20
CLOCK_SECONDS = 0.3
"""Processes read the clock's file at most every 0.2 s."""
COMMAND_SECONDS = 60


class Failed(Exception):
    """A journey found something that should not be so."""


def check(holds, words):
    """The one assertion: says in words what was expected."""
    if not holds:
        raise Failed(words)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run(*words, expect=0):
    """Runs `madoguchi` to its end and gives its standard output."""
    done = subprocess.run(
        [BIN / "madoguchi", *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=COMMAND_SECONDS)
    said = f"madoguchi {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    check(expect is None or done.returncode == expect, said)
    return done.stdout


def template():
    """A nation that was made once with the program that is tested: journeys copy it."""
    age = (BIN / "madoguchi").stat().st_mtime_ns
    folder = Path(tempfile.gettempdir()) / f"madoguchi-browser-{os.getuid()}" / f"nation-{age}"
    if (folder / "ports.json").exists():
        return folder
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir(mode=0o700)
    making = folder.parent / f"making-{os.getpid()}"
    ports = {"portal": free_port(), "agent": free_port()}
    run("nation", "create", making, "--port", ports["portal"], "--agent-port", ports["agent"])
    (making / "ports.json").write_text(json.dumps(ports))
    making.rename(folder)
    return folder


class Nation:
    """A copied nation, served with its card agent until the end of the `with` block."""

    def __init__(self):
        made = template()
        self.root = Path(tempfile.mkdtemp(prefix="madoguchi-journey-"))
        self.folder = self.root / "nation"
        shutil.copytree(made, self.folder)
        ports = json.loads((self.folder / "ports.json").read_text())
        self.portal_port, self.agent_port = ports["portal"], ports["agent"]
        self.portal = f"http://portal.localhost:{self.portal_port}"
        self.agent = f"http://127.0.0.1:{self.agent_port}"
        self.processes = []

    def __enter__(self):
        self.clock("set", PERSONAS_MORNING)
        try:
            self.start("madoguchi", "nation", "serve", self.folder)
            self.start("madoguchi-agent", "serve", self.folder, "--port", self.agent_port)
            self.wait_for(self.portal_port)
            self.wait_for(self.agent_port)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, error, trace):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        if kind is not None:
            self.tell_logs()
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self, program, *words):
        log = (self.root / f"{program}.log").open("w")
        self.processes.append(
            subprocess.Popen(
                [BIN / program, *map(str, words)], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT))

    def wait_for(self, port):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            check(all(process.poll() is None for process in self.processes), "a program has ended too early")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise Failed(f"nothing listens at port {port} after {START_SECONDS} s")

    def tell_logs(self):
        for log in sorted(self.root.glob("*.log")):
            lines = log.read_text().splitlines()[-15:]
            print(f"--- end of {log.name}", *lines, sep="\n", file=sys.stderr)

    def clock(self, *words):
        """Sets or advances the nation's clock, and waits until every process has seen it."""
        run("nation", "clock", self.folder, *words)
        time.sleep(CLOCK_SECONDS)

    def card_state(self, name):
        """What `madoguchi card list` says about a card: how many tries its PIN has."""
        cards = json.loads(run("card", "list", self.folder, "--json"))
        return next(card["state"] for card in cards if card["name"] == name)

    def check_tries(self, name, tries):
        state = self.card_state(name)
        check(state == f"PIN has {tries} tries", f"expected {tries} tries of the PIN of {name}: {state}")

    @property
    def core_database(self):
        return self.folder / "institutions/linkage-core/database.sqlite"

    @property
    def log_key(self):
        return self.folder / "public/exchange-log.pub"
