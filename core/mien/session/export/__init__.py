"""What can be made of a finished session: tables, plots, videos."""
