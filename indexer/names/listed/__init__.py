"""Whom and what do the tables list, and who keeps them?"""
