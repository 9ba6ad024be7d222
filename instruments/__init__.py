"""What is asked: questionnaires as typed, frozen, versioned values."""
