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
<h2>What members get</h2>
<h3>Policy</h3>
<p>Word of European laws while they can still be changed, and a part in what the network says about
them. The working groups write <a href="/policy/">positions</a>.</p>
<h3>Networking</h3>
<p>Invitations to <a href="/activities/">meetings, workshops and training</a>, and contacts to
associations in other countries.</p>
<h3>Funding</h3>
<p>News of European calls, of ICT standards, and partners for a project.</p>
<h2>How to apply</h2>
<p>Write to the office with the <a href="/contact/">contact form</a>: who your members are, in which
country or region, and what you would like to work on.</p>
<p>The conditions on this page are written for the demonstration. They bind nobody.</p>
""",
    ),
    SitePage(
        "privacy",
        "Privacy",
        "Who only reads this site leaves nothing behind in it: no cookie, no profile, no address.",
        """
<h2>When you read</h2>
<p>Public pages set no cookie and load nothing from other sites. There is no counter, no tracker and
no advertisement. The portal keeps no list of visits. A server in front of it may keep a log; whoever
runs the site must say so here.</p>
<p>If you choose light or dark colours, your browser keeps that choice in its own store, under the name
‘theme’. It is not sent to the site.</p>
<h2>When you write to the office</h2>
<p>The contact form stores what you put into it: your name, your mail address, the subject, the
message and the time. The same goes to the office by mail. The message stays until staff delete it.
The form sets no cookie.</p>
<p>Against floods of messages the portal counts, in its memory, how many come from a connection in an
hour. It keeps a keyed hash for that, not the address, and forgets it after the hour.</p>
<h2>When you sign in</h2>
<p>The page for signing in sets a cookie that protects its form. Once you are signed in, a second one
keeps you so until you sign out, or for two weeks at the most; if you do not ask to be remembered, it
goes when you close the browser. Both are needed for this and serve nothing else. The account has
your name, your mail address, a hash of your password, when it was made and when you last signed in;
with a second factor, also what checks its codes.</p>
<p>Failed attempts to sign in are counted in the portal's memory for a short time, by connection and
by mail address.</p>
<p>What you change is kept in a history, with your account and the time, so that it can be undone.
</p>
<h2>If you are named here</h2>
<p>The record can hold a person's name, functions and mail address. A name is shown only where a basis
is on record: consent, or a public role. Mail addresses of persons are not shown. Write to the office
with the <a href="/contact/">contact form</a> to see what is held of you, or to have it changed.</p>
""",
    ),
    SitePage(
        "accessibility",
        "Accessibility",
        "The site is meant to be usable by everybody, with any device that reads web pages.",
        """
<h2>What we aim at</h2>
<p>The aim is level AA of the Web Content Accessibility Guidelines, version 2.2. The pages are built
for it: headings in order, labels on every field, colours with enough contrast in light and dark, and
drawings that are told in words too.</p>
<h2>What has been done</h2>
<p>Public pages work without script, with a keyboard alone, and on a narrow screen. They follow the
colour scheme of your device. Nothing moves by itself.</p>
<h2>What is not certain</h2>
<p>No outside expert has audited the site, and nobody has tested it with a group of users. The editor
for texts, which only people who sign in see, needs script. Documents that others made may not be
accessible.</p>
<h2>Tell us</h2>
<p>Write with the <a href="/contact/">contact form</a> what did not work, on which page and with which
device. The office answers by mail.</p>
""",
    ),
)
