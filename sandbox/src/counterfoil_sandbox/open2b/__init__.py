"""What the Open2b part of the sandbox is made of."""
