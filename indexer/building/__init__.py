"""How does a new generation come to be, and is it what was written?"""
