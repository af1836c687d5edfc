"""How alike are two spellings, and which of many are one name?"""
