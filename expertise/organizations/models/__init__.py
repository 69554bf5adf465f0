"""Organizations, the people in them, what they know, when they can help, and the humans of each region."""

from expertise.organizations.models.availability import Availability, ClosedPeriod
from expertise.organizations.models.block import Block
from expertise.organizations.models.contact import RegionalContact
from expertise.organizations.models.import_file import ImportFile
from expertise.organizations.models.organization import Organization
from expertise.organizations.models.seat import Seat
from expertise.organizations.models.skill import OrganizationSkill

__all__ = [
    "Availability",
    "Block",
    "ClosedPeriod",
    "ImportFile",
    "Organization",
    "OrganizationSkill",
    "RegionalContact",
    "Seat",
]
