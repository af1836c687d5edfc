"""Under which id does a person stand who is in no table?"""

from indexer.names.spelling import fold_name

PREFIX = "person:"  # ids of people who are in no table
# Ids of people of whom a record has one name only. Another record's Yazan may be another man: such
# a mention is shown, but it is no facet value.
SINGLE = "someone:"


def person_id(name: str, prefix: str = PREFIX) -> str:
    """The id of a person by name: "person:zaid-alfourati"."""
    return prefix + fold_name(name).replace(" ", "-")


def is_by_rule(entity_id: str) -> bool:
    """Whether an id is that of a person who is in no table and was named in full."""
    return entity_id.startswith(PREFIX)
