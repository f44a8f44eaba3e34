"""Transports: the protocol for sending requests, and implementations with httpx2 and aiohttp."""
