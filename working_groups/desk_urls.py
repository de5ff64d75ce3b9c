"""/desk/groups/: where those who lead a group keep its record and write its overviews."""

from django.urls import path

from working_groups import desk

app_name = "group_desk"
urlpatterns = [
    path("<slug:slug>/", desk.group, name="group"),
    path("<slug:slug>/overviews/<int:year>/", desk.edit_overview, name="overview"),
    path("<slug:slug>/overviews/<int:year>/autosave/", desk.autosave, name="autosave"),
    path("<slug:slug>/overviews/<int:year>/discard/", desk.discard, name="discard"),
    path("<slug:slug>/overviews/<int:year>/links/", desk.preview_links, name="links"),
    path(
        "<slug:slug>/overviews/<int:year>/links/<int:link>/withdraw/",
        desk.withdraw_preview_link,
        name="withdraw_link",
    ),
    path("<slug:slug>/overviews/<int:year>/preview/", desk.preview_overview, name="preview"),
    path("<slug:slug>/overviews/<int:year>/publish/", desk.publish_overview, name="publish"),
    path("<slug:slug>/overviews/<int:year>/unschedule/", desk.unschedule, name="unschedule"),
    path("<slug:slug>/overviews/<int:year>/versions/", desk.all_versions, name="versions"),
    path("<slug:slug>/overviews/<int:year>/versions/<int:number>/", desk.version, name="version"),
]
