"""What the portal itself keeps: to be read only."""


class Kept:
    """Mixed into the admin of a model whose rows nobody adds or changes by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
