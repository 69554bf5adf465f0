"""What every room stands on: pages' roots, media, the network itself, audit entries, action tokens, reports."""

from maillage.core.models.audit import AuditEntry
from maillage.core.models.media import Attachment, Picture, PictureRendition
from maillage.core.models.network import Network
from maillage.core.models.pages import InformationPage, RootPage
from maillage.core.models.reports import Report
from maillage.core.models.tokens import ActionToken

__all__ = [
    "ActionToken",
    "Attachment",
    "AuditEntry",
    "InformationPage",
    "Network",
    "Picture",
    "PictureRendition",
    "Report",
    "RootPage",
]
