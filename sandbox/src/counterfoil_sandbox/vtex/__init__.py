"""What the VTEX part of the sandbox is made of."""
