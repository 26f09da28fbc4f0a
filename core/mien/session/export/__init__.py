"""Files made from a finished session: tables, plots, videos."""
