"""The open interface."""
