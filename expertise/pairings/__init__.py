"""One need with one organization: waves, offers, introductions, outcomes, clocks, contacts."""
