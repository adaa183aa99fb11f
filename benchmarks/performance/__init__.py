"""What does the program cost? Cases, how they are measured, and what is written about them."""
