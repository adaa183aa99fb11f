"""The commands: one file each, loaded when it is used or listed."""
