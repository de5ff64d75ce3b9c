"""/desk/groups/: where those who lead a group keep its record and write its overviews."""

from django.urls import path

from working_groups import desk, handover_pages, joining, keeping, own, pasting

app_name = "group_desk"
urlpatterns = [
    path("<slug:slug>/", desk.group, name="group"),
    path("<slug:slug>/record/", keeping.record, name="record"),
    path("<slug:slug>/record/<slug:kind>/add/", keeping.keep, name="add"),
    path("<slug:slug>/record/<slug:kind>/paste/", pasting.paste, name="paste"),
    path("<slug:slug>/record/<slug:kind>/<int:key>/", keeping.keep, name="change"),
    path("<slug:slug>/record/<slug:kind>/<int:key>/take-out/", keeping.take_out, name="take_out"),
    path("<slug:slug>/take-back/<str:moment>/", keeping.undo, name="take_back"),
    path("<slug:slug>/suggest/<slug:what>/", keeping.suggest, name="suggest"),
    path("<slug:slug>/requests/", joining.requests, name="requests"),
    path("<slug:slug>/requests/<int:key>/", joining.decide, name="request"),
    path("<slug:slug>/join/", joining.ask_on_desk, name="join"),
    path("<slug:slug>/hand-over/", handover_pages.propose, name="handover"),
    path("<slug:slug>/hand-over/withdraw/", handover_pages.withdraw, name="handover_withdraw"),
    path("<slug:slug>/papers/", own.papers, name="papers"),
    path("<slug:slug>/papers/<int:key>/", own.minutes, name="minutes"),
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
