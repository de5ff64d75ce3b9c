"""The site's own pages: about, membership, privacy, accessibility. What they say of the software is true."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    key: str
    title: str
    lead: str
    body: str


PAGES = (
    SitePage(
        "about",
        "About the network",
        "Associations, clusters and chambers that stand for small digital firms have one network in "
        "Brussels. They decide together what it says, and each keeps its own voice.",
        """
<h2>Where it comes from</h2>
<p>The statutes were signed in Brussels on 3 December 2007, under the name PIN-SME. Bodies from eight
countries took part: Austria, Bulgaria, Denmark, France, Germany, Italy, Spain and the United
Kingdom. Five of them are named in public texts that were found for this demonstration:
<a href="/organisations/basscom/">BASSCOM</a>,
<a href="/organisations/cna-comunicazione/">CNA Comunicazione e Terziario Avanzato</a>,
<a href="/organisations/it-forum/">IT-Forum</a>, <a href="/organisations/ubit/">UBIT</a> and
<a href="/organisations/ukita/">UKITA</a>. Those texts do not say which of them are members today, so
the directory does not list them.</p>
<p>Small Business Standards was founded in 2013 with the network among its founders. In 2016 it
helped to found the European Cyber Security Organisation, and took its present name.</p>
<h2>How to read this site</h2>
<p>Memberships, functions and places in working groups have a first and a last day. Where a day is
not known, the page says so. Figures are counted from the record, or stand with their source and
day.</p>
<h2>What is real here</h2>
<p>This is a demonstration. Bodies and two officers with real names are shown with what public texts
say of them. Everything else is invented and says so where it is described: further members, groups,
news and positions, and all of the secretariat.</p>
""",
    ),
    SitePage(
        "membership",
        "Membership",
        "Members are associations and clusters of small digital firms, not the firms themselves.",
        """
<p>A firm joins the association of its own country or region, and is heard here through it. What an
association gets, what each kind of membership takes and how to apply stand below.</p>
<p>The conditions on this page are written for the demonstration. They bind nobody.</p>
""",
    ),
    SitePage(
        "privacy",
        "Privacy",
        "Who only reads this site leaves nothing behind in it: no cookie, no profile, no address.",
        """
<p>This is a demonstration. It is run by whoever started it, on that person’s machine, and its office is
invented. A network that runs the portal names here who is responsible, and what a server in front of
it keeps.</p>
""",
    ),
    SitePage(
        "accessibility",
        "Accessibility",
        "The site is meant to be usable by everybody, with any device that reads web pages.",
        """
<p>In this demonstration the office is invented, and nobody answers. A network that runs the portal
names here who is responsible, and to whom to turn if no answer comes.</p>
""",
    ),
)
