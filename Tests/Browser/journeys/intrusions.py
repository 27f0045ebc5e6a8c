"""Pages of other sites that try to use the agent or the portal in the victim's browser."""

import urllib.error
import urllib.request

from false_site import FalseSite, form, frame
from support import check

REFUSED = "この開き方では表示できません"


def _at_pin(nation, visitor, card="hanako"):
    victim = visitor()
    victim.begin_login()
    victim.choose_card(card)
    return victim


def pin_posted_from_another_site(nation, visitor):
    """From a false site, and from another port of the victim's own machine: the card's counter does not move."""
    victim = _at_pin(nation, visitor)
    pin_page = victim.page.url.split("?")[0]
    number = victim.page.locator("input[name=form]").get_attribute("value")
    names = victim.page.locator("form").first.evaluate("form => Array.from(form.elements, field => field.name)")
    guess = {name: "x" * 43 for name in names if name} | {"form": number, "pin": "9999"}
    with FalseSite() as site:
        site.serve("/pin", form(pin_page, guess))
        site.serve("/cancel", form(pin_page.removesuffix("/pin") + "/cancel", guess))
        for place in (site.other_site, site.same_machine):
            for path in ("/pin", "/cancel"):
                attacked = victim.context.new_page()
                attacked.goto(place + path)
                attacked.wait_for_url(nation.agent + "/**")
                check(attacked.locator("h1").inner_text() == REFUSED, f"a form of {place}{path} is refused")
                nation.check_tries("hanako", 3)
                attacked.close()
    victim.type_pin()
    victim.sees_heading("my page")


def pin_posted_by_a_script(nation, visitor):
    """fetch() of a false site, with and without CORS, reaches nothing."""
    victim = _at_pin(nation, visitor)
    pin_page = victim.page.url.split("?")[0]
    call = """async ([target, mode]) => {
        const body = new URLSearchParams({form: "2", pin: "9999"});
        try { return (await fetch(target, {method: "POST", mode, body})).type } catch { return "blocked" } }"""
    with FalseSite() as site:
        site.serve("/", "<h1>Win a prize</h1>")
        for place in (site.other_site, site.same_machine):
            attacked = victim.context.new_page()
            attacked.goto(place + "/")
            check(attacked.evaluate(call, [pin_page, "cors"]) == "blocked", "no answer can be read")
            attacked.evaluate(call, [pin_page, "no-cors"])
            check(attacked.evaluate(call, [nation.portal + "/me", "cors"]) == "blocked", "no page can be read")
            attacked.close()
    nation.check_tries("hanako", 3)


def rebound_host_name(nation, visitor):
    """A name of the attacker that now leads to 127.0.0.1 gets neither page nor card."""
    victim = _at_pin(nation, visitor)
    for port in (nation.agent_port, nation.portal_port):
        page = victim.context.new_page()
        answer = page.goto(f"http://rebound.example:{port}/")
        check(answer.status in (403, 421), f"a foreign host is refused, not answered {answer.status}")
        check("窓野" not in page.content() and page.locator("input").count() == 0, "no card is shown")
        page.close()
    for port in (nation.agent_port, nation.portal_port):
        for host in ("rebound.example", f"rebound.example:{port}", "localhost", f"127.0.0.1:{port + 1}"):
            _refuses_host(port, host)
    nation.check_tries("hanako", 3)


def _refuses_host(port, host):
    fields = {"Host": host, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=fields)
    try:
        status = urllib.request.urlopen(request, timeout=5).status
    except urllib.error.HTTPError as error:
        status = error.code
    check(status == 421, f"the host {host} at port {port} is answered {status}")


def program_without_a_browser(nation, visitor):
    """A request that no person made in a browser is not answered with cards."""
    request = urllib.request.Request(nation.agent + "/")
    try:
        urllib.request.urlopen(request, timeout=5)
        check(False, "the agent has answered a program")
    except urllib.error.HTTPError as error:
        check(error.code == 403 and "窓野" not in error.read().decode(), "refused, and no card is named")


def framed_pages(nation, visitor):
    """Neither the agent nor the portal shows itself in a frame of another site."""
    victim = _at_pin(nation, visitor)
    pin_page = victim.page.url
    logged_in = visitor()
    logged_in.log_in("taro")
    with FalseSite() as site:
        _see_what_may_be_framed(visitor(), site)
        for person, target in (
            (victim, pin_page), (victim, nation.agent + "/"), (logged_in, nation.portal + "/me"),
            (logged_in, nation.portal + "/"),
        ):
            site.serve("/", frame(target))
            for place in (site.other_site, site.same_machine):
                person.open(place + "/")
                person.page.wait_for_timeout(500)
                for inner in person.page.frames[1:]:
                    shown = inner.locator("body").inner_text()
                    check("窓" not in shown and "暗証番号" not in shown, f"{target} is shown in a frame of {place}")
                    check(inner.locator("input").count() == 0, "no field is in the frame")
    nation.check_tries("hanako", 3)


def _see_what_may_be_framed(person, site):
    """The way of looking into frames does find a page that lets itself be framed."""
    site.serve("/inner", "<meta charset=utf-8><p>窓</p>")
    site.serve("/", frame("/inner"))
    person.open(site.same_machine + "/")
    check("窓" in person.page.frames[1].locator("body").inner_text(), "a framable page is seen in its frame")


def form_posted_to_the_portal_from_another_site(nation, visitor):
    """A false site can neither log a citizen out nor ask in her name."""
    victim = visitor()
    victim.log_in("hanako")
    fields = {"agency": "agency-gateway-990019", "period": "2026"}
    with FalseSite() as site:
        for path in ("/logout", "/information/kind/2"):
            site.serve("/", form(nation.portal + path, fields))
            for place in (site.other_site, site.same_machine):
                attacked = victim.context.new_page()
                attacked.goto(place + "/")
                attacked.wait_for_url(nation.portal + "/**")
                check("RPK0401" not in attacked.content(), "nothing is answered")
                attacked.close()
    check(victim.is_logged_in(), "the session goes on")
    victim.open_history()
    victim.sees("まだありません", "empty")


def login_begun_by_another_site(nation, visitor):
    """A link of a false site may begin a login; the agent's page says who asks, and nothing happens without a card."""
    victim = visitor()
    with FalseSite() as site:
        site.serve("/", f"<a href='{nation.portal}/login'>Win a prize</a>")
        victim.open(site.other_site + "/")
        victim.page.get_by_role("link").click()
        victim.page.wait_for_url(nation.agent + "/**")
    victim.sees(nation.portal, "who-asks")
    victim.check_not_logged_in()
