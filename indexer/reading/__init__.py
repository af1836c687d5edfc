"""How is what a reader typed read against this archive?"""
