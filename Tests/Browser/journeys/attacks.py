"""Attacks on a login, each with real browsers: relays, replays, and requests from those who may not ask."""

import urllib.request
from urllib.parse import parse_qs, quote, urlsplit

from false_site import FalseSite, payload, signed_by_nobody
from support import check


def _begun(visitor):
    """A browser that has begun a login and was stopped on its way to the agent, and the agent's address."""
    person = visitor()
    person.open("/")
    return person, person.stopped_before(person.nation.agent, lambda: person.follow("log in"))


def _resumption(person, card="hanako"):
    """The address with the handle to which the agent sends the browser, before the browser goes there."""
    person.begin_login()
    person.choose_card(card)
    return person.stopped_before(person.nation.portal + "/login/resume", person.type_pin)


def relayed_challenge(nation, visitor):
    """The challenge of one browser, signed in another: neither is logged in."""
    attacker, address = _begun(visitor)
    victim = visitor()
    victim.open(address)
    victim.choose_card("hanako")
    victim.type_pin()
    victim.sees_heading("別のブラウザーで始めたログインです", "other-browser")
    victim.check_not_logged_in("the victim")
    attacker.check_not_logged_in("the attacker")


def relayed_challenge_over_a_login_of_ones_own(nation, visitor):
    """The same while the victim has begun a login too: her cookie is for another request."""
    attacker, address = _begun(visitor)
    victim, _ = _begun(visitor)
    victim.open(address)
    victim.choose_card("hanako")
    victim.type_pin()
    victim.sees_heading("別のブラウザーで始めたログインです")
    victim.check_not_logged_in("the victim")
    attacker.check_not_logged_in("the attacker")


def replayed_handle(nation, visitor):
    """A handle is good once, in its own browser."""
    person = visitor()
    address = _resumption(person)
    thief = visitor()
    check(thief.open(address) != 200, "another browser gets no page of a session")
    thief.sees_heading("別のブラウザーで始めたログインです")
    thief.check_not_logged_in("the thief")
    kept = person.context.cookies(nation.portal)
    person.open(address)
    person.sees_heading("my page")
    person.press("log out")
    person.context.add_cookies(kept)
    person.open(address)
    person.sees_heading("このログインはすでに使われています", "used")
    person.check_not_logged_in()


def planted_login(nation, visitor):
    """An attacker's own finished login does not log a victim in as the attacker."""
    attacker = visitor()
    address = _resumption(attacker, "taro")
    victim = visitor()
    victim.open("/")
    victim.open(address)
    victim.check_not_logged_in("the victim")
    logged_in = visitor()
    logged_in.log_in("hanako")
    logged_in.open(address)
    check(logged_in.is_logged_in(), "a planted handle ends nobody's session")


def made_up_handles(nation, visitor):
    person = visitor()
    for handle in ("", "A" * 43, "%00", "../me", "<script>alert(1)</script>"):
        check(person.open("/login/resume?h=" + quote(handle)) >= 400, f"the handle {handle!r} opens nothing")
        check("<script>alert" not in person.page.content(), "a handle is not written into the page")
    person.look("unknown")
    person.check_not_logged_in()


def expired_before_the_card(nation, visitor):
    for language, words in (("ja", "このログインの求めは期限が切れています"), ("en", "This request for a login has ended")):
        person = visitor(language)
        person.begin_login()
        person.in_own_language()
        nation.clock("advance", "6m")
        person.page.locator("input[name=card][value=taro]").check()
        person.press("continue")
        person.sees_heading(words, "expired")
    nation.check_tries("taro", 3)


def expired_before_the_pin(nation, visitor):
    person = visitor()
    person.begin_login()
    person.choose_card("taro")
    nation.clock("advance", "6m")
    person.type_pin("9999")
    person.sees_heading("このログインの求めは期限が切れています")
    nation.check_tries("taro", 3)
    person.check_not_logged_in()


def expired_before_the_return(nation, visitor):
    person = visitor()
    address = _resumption(person)
    nation.clock("advance", "6m")
    person.open(address)
    person.sees_heading("ログインの時間が過ぎました", "expired")
    person.check_not_logged_in()


def request_of_an_unknown_party(nation, visitor):
    """A false portal shows the agent requests of its own making: none is shown, no PIN is asked."""
    with FalseSite() as site:
        here = {"origin": site.other_site, "callback": site.other_site + "/c", "resume": site.other_site + "/r"}
        for forge in (
            lambda token: signed_by_nobody(token, **here),
            lambda token: signed_by_nobody(token, relyingParty="health", **here),
            lambda token: token,
            lambda token: "no token at all",
        ):
            _refused_at_agent(visitor("ja"), site, "このログインの求めには応じられません", forge)
            _refused_at_agent(visitor("en"), site, "This request for a login is not accepted", forge)
        check(not [path for path in site.asked if path.startswith(("/c", "/r"))], "nothing was handed over")


def _refused_at_agent(person, site, heading, forge):
    nation = person.nation
    person.open("/")
    person.in_own_language()
    address = person.stopped_before(nation.agent, lambda: person.follow("log in"))
    reference = parse_qs(urlsplit(address).query)["ref"][0]
    token = _request_object(nation, reference)
    check(payload(token)["origin"] == nation.portal, "the portal's own request names its origin")
    site.serve(f"/login/request/{reference}", forge(token), "application/jwt")
    person.open(f"{nation.agent}/login?portal={quote(site.other_site, safe='')}&ref={reference}&lang={person.language}")
    person.sees_heading(heading, "unknown-party")
    check(person.page.locator("input").count() == 0, "nothing can be chosen or typed")
    check(f"/login/request/{reference}" in site.asked, "the agent has asked the false portal")
    person.check_not_logged_in()


def _request_object(nation, reference):
    fields = {"Host": f"portal.localhost:{nation.portal_port}"}
    address = f"http://127.0.0.1:{nation.portal_port}/login/request/{reference}"
    with urllib.request.urlopen(urllib.request.Request(address, headers=fields), timeout=5) as answer:
        return answer.read().decode()


def addresses_the_agent_does_not_ask(nation, visitor):
    person = visitor()
    with FalseSite() as site:
        for portal in (site.same_machine, "http://portal.example", "https://192.0.2.1", "file:///etc", "javascript:x"):
            status = person.open(f"{nation.agent}/login?portal={quote(portal, safe='')}&ref={'0' * 32}")
            check(status >= 400, f"the agent does not ask {portal}")
            check(person.page.locator("input").count() == 0, "nothing can be chosen or typed")
        person.look("not-asked")
        check(not site.asked, "the agent has asked nobody")
