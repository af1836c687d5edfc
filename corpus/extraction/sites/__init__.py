"""What do the pages of one site share?

What stands on many pages of a site is its template, whatever it is called: menus, calls, the head
of a home page copied everywhere; and the element that holds what differs is the article's.
"""

from corpus.extraction.sites.applying import apply_site
from corpus.extraction.sites.learning import learn_site
from corpus.extraction.sites.notation import site_from_toml, site_to_toml
from corpus.extraction.sites.profile import Shared, Site, rules_text, site_name, site_rules
from corpus.extraction.sites.standing import Standing, count_standing

__all__ = [
    "Shared",
    "Site",
    "Standing",
    "apply_site",
    "count_standing",
    "learn_site",
    "rules_text",
    "site_from_toml",
    "site_name",
    "site_rules",
    "site_to_toml",
]
