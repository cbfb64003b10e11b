"""Mechanisms that phases and levers share: programmes, claims, arrivals, royalties and their like."""
