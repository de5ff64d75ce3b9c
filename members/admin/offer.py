"""What the page on membership says: benefits by area, and the terms of each category."""

from django.contrib import admin

from members.models import Benefit, CategoryTerms
from record.admin import RecordAdmin


@admin.register(Benefit)
class BenefitAdmin(RecordAdmin):
    list_display = ("title", "area", "order")
    list_filter = ("area",)
    search_fields = ("title", "text")
    fields = ("area", "title", "text", "order")


@admin.register(CategoryTerms)
class CategoryTermsAdmin(RecordAdmin):
    list_display = ("__str__", "meaning")
    fields = ("category", "meaning", "takes")
