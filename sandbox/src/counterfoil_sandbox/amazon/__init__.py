"""What the Amazon part of the sandbox is made of."""
