"""The network's numbers (DESIGN, "Need and pairing"). Durations are in Québec business days unless named."""

from __future__ import annotations

# Waves
FIRST_WAVE_SIZE = 3
URGENT_WAVE_SIZE = 5
REMINDER_AFTER_BUSINESS_DAYS = 3
LAPSE_AFTER_BUSINESS_DAYS = 7
CONTACT_AFTER_BUSINESS_DAYS = 21
URGENT_WIDENS_AFTER_BUSINESS_HOURS = 2
UNCHOSEN_REMINDER_AFTER_BUSINESS_DAYS = 3

# After an introduction
SPOKEN_AFTER_BUSINESS_DAYS = 3
OUTCOME_AFTER_BUSINESS_DAYS = 21
OUTCOME_AGAIN_AFTER_BUSINESS_DAYS = 35

# Limits
MAX_OPEN_NEEDS_PER_ORGANIZATION = 3
MAX_PLACES = 5
NEED_TEXT_MAX_CHARACTERS = 5000
DEFAULT_CAPACITY = 2
CONTACT_MOVES_WITHIN_BUSINESS_DAYS = 3

# Sign-in
SIGN_IN_CODE_MINUTES = 20
SIGN_IN_CODE_TRIES = 5
SIGN_IN_DAYS_ON_OWN_DEVICE = 90
# A code has a million values: 15 mails of 5 tries a day leave a stranger 1 chance in 13,000 a day.
SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR = 6
SIGN_IN_MAILS_PER_ADDRESS_AND_DAY = 15
# A network (/24, /64) may be a whole community centre, or a training session.
SIGN_IN_MAILS_PER_NETWORK_AND_HOUR = 60
SIGN_IN_TRIES_PER_NETWORK_AND_HOUR = 120
ACTION_TOKEN_DAYS = 60

# Mail
OPTIONAL_MAILS_PER_WEEK = 5
MESSAGE_BODY_KEPT_DAYS = 90

# Opening hours of the business day that clocks count in, local time.
BUSINESS_DAY_OPENS_HOUR = 9
BUSINESS_DAY_CLOSES_HOUR = 17

# The queue of record, in seconds. Limits of a run stay below the lease, so that a row is never run twice at once.
QUEUE_SWEEP_S = 2
QUEUE_LEASE_S = 120
QUEUE_SOFT_LIMIT_S = 80
QUEUE_HARD_LIMIT_S = 100
QUEUE_SEND_LIMIT_S = 30  # a whole conversation with the mail server, of which EMAIL_TIMEOUT bounds each step
QUEUE_MAX_ATTEMPTS = 5
QUEUE_BACKOFF_S = (15, 60, 300, 1800)
MAIL_BACKOFF_S = (60, 300, 1800, 7200)  # greylisting opens after 5 to 15 minutes
MAIL_SERVER_DOWN_S = 120
# Announcements under way: at 50 rows a second, 400 are eight seconds of work, and a lost one costs thirty.
QUEUE_ANNOUNCED_S = 30
QUEUE_OUTSTANDING = 400
QUEUE_STALE_DAYS = 30
JOBS_KEPT_DAYS = 30
MESSAGES_KEPT_DAYS = 400
DIGEST_WEEKDAY = 1  # Tuesday
DIGEST_HOUR = 9

# What organizations say of themselves: asked again after a year, by the network itself two editors' weeks later,
# and once a season while nobody answers.
CONFIRMED_FOR_DAYS = 365
CONFIRMATION_LEFT_TO_EDITORS_DAYS = 14
CONFIRMATION_AGAIN_AFTER_DAYS = 90
CONFIRMATIONS_A_DAY = 20
