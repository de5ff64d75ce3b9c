"""What a browser complains of while a test clicks: breaches of the policy, errors in scripts, files
that do not come, requests to other sites. `open_page` fails the test on any of them.
"""

from playwright.sync_api import BrowserContext, Request, Response

# Statuses that a test asks for on purpose: a page that is not there, a form that is refused.
ON_PURPOSE = {403, 404, 409, 410, 422}
ASKED_BY_SCRIPT = {"fetch", "xhr"}
# The page left before the file had come.
LEFT = "net::ERR_ABORTED"
REPORT_BREACHES = """addEventListener("securitypolicyviolation", (breach) => reportBreach(
    `${breach.effectiveDirective} forbids ${breach.blockedURI} ${breach.sample}`));"""


class Watch:
    """Writes the complaints of a session's pages into a list; `site` is where requests may go."""

    def __init__(self, site: str, complaints: list[str]):
        self.own = (f"{site}/", "data:", "blob:", "about:")
        self.complaints = complaints

    def over(self, context: BrowserContext) -> None:
        context.expose_binding("reportBreach", self.breach)
        context.add_init_script(REPORT_BREACHES)
        context.on("weberror", lambda error: self.note("script", error.error, error.page))
        context.on("console", self.console)
        context.on("request", self.request)
        context.on("requestfailed", self.lost)
        context.on("response", self.response)

    def note(self, kind: str, what: object, page=None) -> None:
        self.complaints.append(f"{kind}: {what}" + (f" on {page.url}" if page else ""))

    def breach(self, source: dict, text: str) -> None:
        self.note("policy", text, source["page"])

    def console(self, message) -> None:
        # What it says of an answer's status, `response` judges.
        if message.type == "error" and "responded with a status of" not in message.text:
            self.note("console", message.text, message.page)

    def request(self, request: Request) -> None:
        if not request.url.startswith(self.own):
            self.note("request to another site", request.url)

    def lost(self, request: Request) -> None:
        if request.failure != LEFT:
            self.note("request failed", f"{request.url} ({request.failure})")

    def response(self, response: Response) -> None:
        request = response.request
        may_refuse = request.is_navigation_request() or request.resource_type in ASKED_BY_SCRIPT
        if response.status >= 400 and not (may_refuse and response.status in ON_PURPOSE):
            self.note("answer", f"{response.status} for {response.url}")
