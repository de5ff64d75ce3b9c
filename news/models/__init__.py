"""The tables of the news side, one file an aggregate."""

from news.models.newsletter import NewsletterIssue, Subscription
from news.models.opportunities import DeadlineNotice, DeadlineWatch, Opportunity
from news.models.publications import Contribution, PolicyFile, Position, Post, QuoteBox

__all__ = [
    "Contribution",
    "DeadlineNotice",
    "DeadlineWatch",
    "NewsletterIssue",
    "Opportunity",
    "PolicyFile",
    "Position",
    "Post",
    "QuoteBox",
    "Subscription",
]
