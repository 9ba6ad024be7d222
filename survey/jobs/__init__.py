"""What is done in the background or on demand."""
