"""The Review page: a finished session, looked at and set right."""
