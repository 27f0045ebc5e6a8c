"""Journeys of people who log in: with and without script, in both languages, with a wrong PIN, and out again."""

from support import check


def _login_and_look(nation, visitor, language, script):
    person = visitor(language, script)
    person.open("/")
    person.in_own_language()
    person.look("front")
    person.log_in("hanako", "login")
    person.open_history("history-empty")
    person.open("/information")
    person.look("fields")
    person.open("/information/2")
    person.look("kinds")
    person.open("/help/card")
    person.look("help")
    person.open("/me")
    person.press("log out")
    person.sees_heading("logged out", "logged-out")
    check(nation.card_state("hanako") == "PIN has 3 tries", "a right PIN leaves three tries")


def login_in_japanese(nation, visitor):
    _login_and_look(nation, visitor, "ja", script=True)


def login_in_english(nation, visitor):
    _login_and_look(nation, visitor, "en", script=True)


def login_in_japanese_without_script(nation, visitor):
    _login_and_look(nation, visitor, "ja", script=False)


def login_in_english_without_script(nation, visitor):
    _login_and_look(nation, visitor, "en", script=False)


def wrong_pin_counts_down_and_locks(nation, visitor):
    for language, card in (("ja", "taro"), ("en", "alex")):
        person = visitor(language)
        person.begin_login()
        person.choose_card(card)
        person.type_pin("12")
        person.sees(_either(person, "暗証番号は数字4桁で入力してください。", "Enter the PIN as 4 digits."), "pin-malformed")
        nation.check_tries(card, 3)
        person.type_pin("9999")
        person.sees(_either(person, "あと2回まちがえるとロックされます。", "2 more wrong PINs lock it."), "pin-wrong")
        nation.check_tries(card, 2)
        person.type_pin("9998")
        person.sees(_either(person, "あと1回まちがえるとロックされます。", "One more wrong PIN locks it."), "pin-last")
        person.type_pin("9997")
        person.sees(_either(person, "窓口で", "counter of the municipality"), "pin-locked")
        check(nation.card_state(card) == "PIN locked", "the third wrong PIN locks it")
        check(person.page.locator("input[name=pin]").count() == 0, "a locked card has no field for a PIN")
        person.check_not_logged_in()


def locked_card_cannot_be_chosen(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        person.begin_login()
        person.in_own_language()
        check(person.page.locator("input[value=shizuka]").count() == 0, "a locked card cannot be chosen")
        person.sees(_either(person, "いま使えないカード", "Cards that cannot be used now"), "locked")
        person.sees(_either(person, "窓口で再設定", "can set a new one"))


def choosing_no_card_asks_again(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        person.begin_login()
        person.in_own_language()
        person.press("continue")
        check(person.page.title().startswith(_either(person, "エラー", "Error")), "the title says that there is an error")
        person.look("no-card")


def logout_ends_the_session(nation, visitor):
    person = visitor()
    person.log_in("hanako")
    kept = person.context.cookies(nation.portal)
    person.press("log out")
    person.sees_heading("logged out")
    person.open("/me")
    person.sees_heading("login needed", "after")
    person.context.add_cookies(kept)
    person.open("/me")
    person.sees_heading("login over", "old-cookie")
    person.sees_no("窓野")


def idle_session_ends(nation, visitor):
    for language in ("ja", "en"):
        person = visitor(language)
        person.log_in("hanako")
        nation.clock("advance", "14m")
        check(person.open("/me") == 200, "after 14 minutes the session lives")
        nation.clock("advance", "16m")
        check(person.open("/information") == 401, "after 16 idle minutes the session is over")
        person.sees_heading("login over", "over")


def busy_session_ends_after_half_an_hour(nation, visitor):
    person = visitor()
    person.log_in("hanako")
    for minutes in (10, 10, 9):
        nation.clock("advance", f"{minutes}m")
        check(person.open("/me") == 200, "within 30 minutes the session lives")
    nation.clock("advance", "2m")
    person.open("/me")
    person.sees_heading("login over")


def form_of_an_ended_session_is_refused(nation, visitor):
    person = visitor()
    person.log_in("hanako")
    person.open("/information/kind/2?agency=agency-gateway-990019")
    nation.clock("advance", "31m")
    person.page.locator("input[name=period][value='2026']").check()
    person.press("ask")
    check("RPK0401" not in person.text, "no answer after the end of the session")
    person.look("stale")
    person.check_not_logged_in()


def certificate_that_ends_tomorrow(nation, visitor):
    person = visitor()
    person.log_in("makoto")
    person.press("log out")
    nation.clock("advance", "48h")
    for language in ("ja", "en"):
        late = visitor(language)
        late.begin_login()
        late.choose_card("makoto")
        late.type_pin()
        late.sees(_either(late, "有効期限", "expired"), "expired")
        late.check_not_logged_in()


def back_button_costs_no_try(nation, visitor):
    person = visitor()
    person.begin_login()
    person.choose_card("taro")
    person.type_pin("9999")
    nation.check_tries("taro", 2)
    person.page.go_back()
    if person.page.locator("input[name=pin]").count():
        person.type_pin("9999")
    check(nation.card_state("taro") in ("PIN has 2 tries", "PIN has 1 tries"), "at most the tries that were typed")
    person.page.goto(person.page.url)
    person.type_pin()
    person.sees_heading("my page")
    person.page.go_back()
    check(person.page.locator("input[name=pin]").count() == 0, "after the login the back button shows no PIN field")
    person.look("back")
    person.open("/me")
    person.press("log out")
    person.page.go_back()
    person.sees_heading("login needed", "back-after-logout")


def two_tabs(nation, visitor):
    person = visitor()
    first = person.page
    person.begin_login()
    person.page = person.context.new_page()
    person.begin_login()
    second, person.page = person.page, first
    person.page.locator("input[name=card][value=taro]").check()
    person.press("continue")
    person.sees("この画面は古くなっています", "replaced")
    nation.check_tries("taro", 3)
    person.page = second
    person.choose_card("hanako")
    person.type_pin()
    person.sees_heading("my page")
    first.goto(nation.portal + "/me")
    check(first.locator("h1").inner_text() == "マイページ", "one browser, one session")
    person.press("log out")
    first.reload()
    check(first.locator("h1").inner_text() == "ログインが必要です", "the other tab is logged out too")


def _either(person, japanese, english):
    return english if person.language == "en" else japanese
