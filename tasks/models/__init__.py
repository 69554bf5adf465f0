"""The queue of record: jobs, messages, and the addresses that are not to be written to."""

from tasks.models.job import Job
from tasks.models.message import Message
from tasks.models.suppression import Suppression

__all__ = ["Job", "Message", "Suppression"]
