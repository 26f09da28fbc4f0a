"""The Analyse page: files turned into sessions, one after another."""
