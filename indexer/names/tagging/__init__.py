"""Who and what is named in a text, and where?"""
