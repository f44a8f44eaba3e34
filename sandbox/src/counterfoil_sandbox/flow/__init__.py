"""What the Flow part of the sandbox is made of."""
