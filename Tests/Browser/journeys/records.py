"""Journeys of people who see their own information, and who asked for it; and what a tampered log looks like."""

import json
import sqlite3
from contextlib import closing

from support import check, run

SHIOMI, LOCAL_TAX = "990019", "2"
UNKNOWN_KIND = "9-9"


def own_information_and_its_record(nation, visitor):
    for language in ("ja", "en"):
        for script in (True, False):
            person = visitor(language, script)
            person.log_in("hanako")
            person.ask(LOCAL_TAX, SHIOMI, "tax")
            person.sees("RPK0401", "answer")
            person.sees("4150000")
            person.open_history("history")
            person.follow_first_record("checked")
            person.sees(person.word("valid"), "record")
            person.press("log out")


def csv_download(nation, visitor):
    person = visitor()
    person.log_in("hanako")
    person.ask(LOCAL_TAX, SHIOMI)
    with person.page.expect_download() as download:
        person.press("CSVファイルをダウンロードする")
    text = open(download.value.path(), encoding="utf-8-sig").read()
    check("4150000" in text, "the CSV file holds the salary")
    check(download.value.suggested_filename.endswith(".csv"), "its name ends with .csv")


def proof_is_checked_offline(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        proof = _downloaded_proof(nation, person, f"proof-{language}.json")
        said = run("log", "verify", "--proof", proof, "--key", nation.log_key)
        check(said.strip(), "the program says what it checked")
        person.press("log out")
    bundle = proof.read_text()
    check("4150000" not in bundle, "a proof holds no content of an answer")
    altered = proof.with_name("altered.json")
    altered.write_text(_altered(bundle))
    refused = run("log", "verify", "--proof", altered, "--key", nation.log_key, expect=1)
    check(refused.strip(), "an altered proof is refused with words")


def altered_record_is_found(nation, visitor):
    """Each column of an entry's row: the page says that the content does not match its sealed value."""
    person = visitor()
    person.log_in("hanako")
    person.ask(LOCAL_TAX, SHIOMI)
    person.open_history()
    person.follow_first_record()
    person.sees(person.word("valid"))
    for column, value in (("kind", "1"), ("recorded_at", None), ("provider", "agency-gateway-990027")):
        old = _change(nation, column, value)
        person.page.reload()
        person.sees(person.word("invalid"), f"altered-{column}")
        failing = person.page.locator("tr", has_text="封じられた値と一致する").inner_text()
        check("一致しない" in failing, f"the check of the content fails after a change of {column}: {failing}")
        _change(nation, column, old)
        person.page.reload()
        person.sees(person.word("valid"))
    person.language = "en"
    _change(nation, "provider", "agency-gateway-990027")
    person.open(person.page.url + "?lang=en")
    person.sees(person.word("invalid"), "altered")
    run("log", "verify", nation.folder, expect=1)


def provider_that_is_down(nation, visitor):
    for language, words in (("ja", "照会先の機関から答えがありません"), ("en", "The body asked does not answer")):
        person = visitor(language)
        person.log_in("hanako")
        person.ask("3-1", "health")
        person.sees_heading(words, "down")


def provider_that_is_late(nation, visitor):
    for language, words in (("ja", "照会先の機関から答えがありません"), ("en", "The body asked does not answer")):
        person = visitor(language)
        person.context.set_default_timeout(25_000)
        person.log_in("hanako")
        person.ask("6-1", "employment")
        person.sees_heading(words, "late")


def provider_that_holds_nothing(nation, visitor):
    for language, words in (("ja", "この情報はありません"), ("en", "There is no such information")):
        person = visitor(language)
        person.log_in("hanako")
        person.ask("7-1", "pension")
        person.sees(words, "nothing")


def information_that_is_not_disclosed(nation, visitor):
    for language, words in (("ja", "この情報は表示できません"), ("en", "This information cannot be shown")):
        person = visitor(language)
        person.log_in("haruka")
        person.ask(LOCAL_TAX, SHIOMI)
        person.sees(words, "not-disclosed")
        person.sees_no("3300000")
        person.open_history("history")


def addresses_that_do_not_exist(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        person.open("/?lang=" + language)
        check(person.open("/nothing-here") == 404, "an unknown address is 404")
        person.look("not-found")
        check(person.open("/me") == 401, "a page behind login is 401")
        person.look("login-needed")
        person.log_in("hanako")
        for path in (f"/information/kind/{UNKNOWN_KIND}", f"/information/kind/{LOCAL_TAX}?agency=nobody"):
            check(person.open(path) == 404, f"{path} is 404")
        check(person.open(f"/history/portal/{'0' * 32}") == 404, "an unknown record is 404")
        person.look("no-record")


def somebody_elses_record_is_not_shown(nation, visitor):
    person = visitor()
    person.log_in("hanako")
    person.ask(LOCAL_TAX, SHIOMI)
    person.open_history()
    person.follow_first_record()
    address = person.page.url
    other = visitor()
    other.log_in("taro")
    for ending in ("", "/proof"):
        check(other.open(address + ending) == 404, "another citizen's record does not exist")
    other.open_history()
    other.sees("まだありません")


def question_without_a_year_asks_again(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        person.log_in("hanako")
        person.open(f"/information/kind/{LOCAL_TAX}?agency=agency-gateway-{SHIOMI}")
        person.press("ask")
        check(person.page.title().startswith(("エラー", "Error")), "the title says that there is an error")
        check(person.page.locator("main [role=alert]").count() == 1, "the page begins with what is wrong")
        person.look("no-year")


def _downloaded_proof(nation, person, name):
    person.log_in("hanako")
    person.ask(LOCAL_TAX, SHIOMI)
    person.open_history()
    person.follow_first_record()
    with person.page.expect_download() as download:
        person.page.locator("a[href$='/proof']").click()
    proof = nation.root / name
    download.value.save_as(proof)
    return proof


def _altered(bundle):
    """The same proof with one letter of its longest text changed."""
    content = json.loads(bundle)
    name = max((key for key in content if isinstance(content[key], str)), key=lambda key: len(content[key]))
    middle = len(content[name]) // 2
    letter = "A" if content[name][middle] != "A" else "B"
    content[name] = content[name][:middle] + letter + content[name][middle + 1:]
    return json.dumps(content)


def _change(nation, column, value):
    """Writes into the newest entry's row past the core; gives what stood there."""
    with closing(sqlite3.connect(nation.core_database, timeout=10)) as database, database:
        index, old = database.execute(
            f"SELECT leaf_index, {column} FROM exchange ORDER BY leaf_index DESC LIMIT 1").fetchone()
        value = old + 1 if value is None else value
        database.execute(f"UPDATE exchange SET {column} = ? WHERE leaf_index = ?", (value, index))
        return old
