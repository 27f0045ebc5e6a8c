"""One person's browser: pages looked at (and checked), forms filled in, a login with a card."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from support import SCREENSHOTS, check

STEP_MILLISECONDS = 10_000
GRAVE = ("serious", "critical")
PIN = "1234"
PHONE = {"width": 390, "height": 800}
WORDS = {
    "log in": ("カードでログイン", "Log in with your card"),
    "continue": ("次へ進む", "Continue"),
    "send PIN": ("ログインする", "Log in"),
    "my page": ("マイページ", "My page"),
    "log out": ("ログアウト", "Log out"),
    "logged out": ("ログアウトしました", "You have logged out"),
    "login needed": ("ログインが必要です", "You need to log in"),
    "login over": ("ログインの有効期限が切れました", "Your login has ended"),
    "ask": ("この情報を照会する", "Ask for this information"),
    "history": ("やりとり履歴", "History of exchanges"),
    "valid": ("この記録は記録簿に入っており、改ざんされていません", "This record is in the log and has not been altered"),
    "invalid": ("この記録の検証に失敗しました", "The check of this record failed"),
    "other language": ("English", "日本語"),
}


class Visitor:
    """A browser profile with one page in front. `language` is "ja" or "en"; without `script`, JavaScript is off."""

    def __init__(self, browser, nation, journey, language="ja", script=True):
        self.nation, self.journey, self.language, self.script = nation, journey, language, script
        self.context = browser.new_context(
            java_script_enabled=script, viewport={"width": 1000, "height": 800}, accept_downloads=True)
        self.context.set_default_timeout(STEP_MILLISECONDS)
        self.page = self.context.new_page()

    def word(self, key):
        return WORDS[key][self.language == "en"]

    # Looking

    def open(self, path):
        """Opens a path of the portal, or a whole address; gives the status."""
        answer = self.page.goto(path if "://" in path else self.nation.portal + path)
        return answer.status if answer else 0

    @property
    def heading(self):
        return self.page.locator("h1").first.inner_text().strip()

    @property
    def text(self):
        return self.page.locator("body").inner_text()

    def sees(self, words, name=None):
        """The page says so; with a name it is also photographed and checked."""
        check(words in self.text, f"the page should say “{words}”:\n{self.page.url}\n{self.text[:1500]}")
        if name:
            self.look(name)

    def sees_no(self, words):
        check(words not in self.text, f"the page should not say “{words}”: {self.page.url}")

    def sees_heading(self, key, name=None):
        words = self.word(key) if key in WORDS else key
        check(self.heading == words, f"expected the heading “{words}”, got “{self.heading}” at {self.page.url}")
        if name:
            self.look(name)

    def look(self, name):
        """Keeps a picture, and refuses what axe-core calls serious or critical."""
        shown = self.page.locator("html").get_attribute("lang")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        script = "" if self.script else ".noscript"
        self.page.screenshot(path=SCREENSHOTS / f"{self.journey}.{name}.{shown}{script}.png", full_page=True)
        check(shown == self.language, f"the page {name} is in “{shown}” instead of “{self.language}”")
        if self.script:
            self.refuse_findings(name)
            self.refuse_overflow(name)

    def refuse_findings(self, name):
        found = Axe().run(self.page).response["violations"]
        grave = [
            f"{finding['id']} ({finding['impact']}): {finding['help']}: {node['html'][:200]}"
            for finding in found if finding["impact"] in GRAVE for node in finding["nodes"][:3]]
        check(not grave, f"axe-core about {name} in {self.language}:\n" + "\n".join(grave))

    def refuse_overflow(self, name):
        """On a telephone nothing sticks out to the right (tables scroll in a frame of their own)."""
        usual = self.page.viewport_size
        self.page.set_viewport_size(PHONE)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(usual)
        check(width <= PHONE["width"], f"{name} in {self.language} is {width} px wide on a telephone")

    # Doing

    def follow(self, words):
        """Follows the link with these words: a key of WORDS, or the words themselves."""
        words = self.word(words) if words in WORDS else words
        self.page.get_by_role("link", name=words, exact=True).first.click()

    def press(self, words):
        words = self.word(words) if words in WORDS else words
        self.page.get_by_role("button", name=words, exact=True).click()

    def in_own_language(self):
        """Chooses the language with the page's own link, if the page is in the other."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.locator(f".language-links a[hreflang={self.language}]").click()

    def choose_card(self, card, name=None):
        """On the agent's page of a request: chooses a card, comes to its PIN."""
        self.in_own_language()
        if name:
            self.look(f"{name}-card")
        self.page.locator(f"input[name=card][value={card}]").check()
        self.press("continue")

    def type_pin(self, pin=PIN):
        self.page.locator("input[name=pin]").fill(pin)
        self.press("send PIN")

    def begin_login(self):
        """From the front page to the agent's page of the request."""
        self.open("/")
        self.in_own_language()
        self.follow("log in")
        check(self.page.url.startswith(self.nation.agent), f"the login did not reach the agent: {self.page.url}")
        shown = self.page.locator("html").get_attribute("lang")
        check(shown == self.language, f"the agent speaks “{shown}” to somebody who reads “{self.language}”")

    def log_in(self, card, name=None):
        self.begin_login()
        self.choose_card(card, name)
        if name:
            self.look(f"{name}-pin")
        self.type_pin()
        self.sees_heading("my page", name and f"{name}-me")

    def ask(self, kind, agency, name=None, period="2026"):
        """Asks an agency for a kind of information, from the pages."""
        self.open(f"/information/kind/{kind}?agency=agency-gateway-{agency}")
        if name:
            self.look(f"{name}-question")
        self.page.locator(f"input[name=period][value='{period}']").check()
        self.press("ask")

    def open_history(self, name=None):
        """From the menu to the history of exchanges."""
        self.page.locator(".site-navigation a[href='/history']").click()
        self.sees_heading("history", name)

    def follow_first_record(self, name=None):
        """From the history to the newest record in full."""
        self.page.locator("main a[href^='/history/']").first.click()
        if name:
            self.look(name)

    # Being logged in

    def is_logged_in(self):
        page = self.context.new_page()
        try:
            return page.goto(self.nation.portal + "/me").status == 200
        finally:
            page.close()

    def check_not_logged_in(self, who="this browser"):
        check(not self.is_logged_in(), f"{who} is logged in and should not be")

    def stopped_before(self, prefix, act):
        """Does what leads the page to an address that starts so, stops the browser before it goes there (redirects
        too, which Playwright's own routes let pass), and gives that address."""
        caught = []
        session = self.context.new_cdp_session(self.page)

        def stop(event):
            caught.append(event["request"]["url"])
            session.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})

        session.on("Fetch.requestPaused", stop)
        session.send("Fetch.enable", {"patterns": [{"urlPattern": prefix + "*"}]})
        try:
            act()
        except Error as error:  # the stopped navigation
            check(caught, f"nothing was stopped: {error}")
        for _ in range(50):
            if caught:
                break
            self.page.wait_for_timeout(100)
        session.detach()
        check(caught, f"the browser was not led to {prefix}")
        return caught[-1]
