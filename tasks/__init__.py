"""The queue of record, Celery, outgoing mail, schedules."""
