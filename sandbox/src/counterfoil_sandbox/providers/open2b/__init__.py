"""The Open2b part of the sandbox: one store, its administration and its storefront."""
