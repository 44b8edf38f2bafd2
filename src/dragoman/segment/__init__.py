"""Article -> Document: furniture out, sentences with exact offsets."""
