"""Whose column names faces.csv has: one module for each tool whose readers understand it."""
