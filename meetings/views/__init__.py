"""The signed-in pages of meetings."""
