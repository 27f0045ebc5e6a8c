"""Runs one journey by name: `run.py NAME`. `run.py --list` prints the names."""

import signal
import sys
import traceback

from playwright.sync_api import Error, sync_playwright

import attacks
import intrusions
import logins
import records
from support import SCREENSHOTS, Failed, Nation
from visitor import Visitor

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP rebound.example 127.0.0.1"]
JOURNEY_SECONDS = 90
JOURNEYS = {
    name.replace("_", "-"): journey
    for room in (logins, records, attacks, intrusions)
    for name, journey in vars(room).items()
    if callable(journey) and getattr(journey, "__module__", "") == room.__name__ and not name.startswith("_")
}


def late(number, frame):
    raise Failed(f"the journey took more than {JOURNEY_SECONDS} s")


def travel(name):
    with Nation() as nation, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            def visitor(language="ja", script=True):
                return Visitor(browser, nation, name, language, script)

            JOURNEYS[name](nation, visitor)
        except Exception:
            picture(browser, name)
            raise
        finally:
            browser.close()


def picture(browser, name):
    """Photographs every open page of a journey that failed."""
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(pages):
        try:
            page.screenshot(path=SCREENSHOTS / f"FAILED.{name}.{number}.png", timeout=3000)
        except Error:
            continue


def main(words):
    if words == ["--list"]:
        print(*sorted(JOURNEYS), sep="\n")
        return 0
    if len(words) != 1 or words[0] not in JOURNEYS:
        print("usage: run.py NAME, or run.py --list", file=sys.stderr)
        return 64
    signal.signal(signal.SIGALRM, late)
    signal.alarm(JOURNEY_SECONDS)
    try:
        travel(words[0])
    except Exception as error:
        traceback.print_exc(limit=-4)
        print(f"{words[0]}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
