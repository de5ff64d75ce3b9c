"""Forms that every kind of publication shares."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.days import instant
from record.forms import DayField, TimeOfDayField


class WhenForm(forms.Form):
    """Publish now, or at a time in the site's time zone. `at` is the instant, None for now."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("At once")), (LATER, _("At a set time"))],
        widget=forms.RadioSelect,
    )
    day = DayField(label=_("Day"), error_messages={"required": _("Write the day.")})
    time = TimeOfDayField(label=_("Time"), error_messages={"required": _("Write the time.")})
    use_required_attribute = False  # at once asks for neither

    def __init__(self, *args, scheduled: datetime.datetime | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = timezone.get_default_timezone()
        self.fields["time"].help_text = _("For example 15:30, in the time zone %(zone)s.") % {
            "zone": self.zone
        }
        self.initial.setdefault("when", self.NOW)
        if scheduled:
            local = timezone.localtime(scheduled, self.zone)
            self.initial |= {"when": self.LATER, "day": local.date(), "time": local.time()}

    def clean(self):
        cleaned = super().clean()
        cleaned["at"] = None
        if cleaned.get("when") != self.LATER:
            # At once asks for no time: what stands in those fields does not matter.
            for name in ("day", "time"):
                self.errors.pop(name, None)
            return cleaned
        if not self.errors:
            cleaned["at"] = self._instant(cleaned["day"], cleaned["time"])
        return cleaned

    def _instant(self, day, time):
        """Return the instant, or say which field is wrong."""
        try:
            at = instant(datetime.datetime.combine(day, time))
        except ValueError as error:
            self.add_error("time", str(error))
            return None
        if at <= timezone.now():
            field = "day" if day < timezone.localdate(timezone=self.zone) else "time"
            self.add_error(field, _("This is past. Choose a later one, or publish at once."))
        return at


def edit_number_of(data) -> int:
    """Return the save that a form was opened with; a number that no text has where it is unreadable,
    so that such a form is treated as stale.
    """
    text = data.get("edit_number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
