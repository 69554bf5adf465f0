"""The queue of record: jobs, messages, the hold, and the addresses that are not to be written to."""

from tasks.models.hold import Hold
from tasks.models.job import Job
from tasks.models.message import Message
from tasks.models.suppression import Suppression

__all__ = ["Hold", "Job", "Message", "Suppression"]
