"""What rows from files, and values typed by hand, mean for what is stored: pure planning."""
