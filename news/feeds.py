from django.contrib.syndication.views import Feed


class NewsFeed(Feed):
    link = "/news/"


class PolicyFeed(Feed):
    link = "/policy/"
