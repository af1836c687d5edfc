"""Which Whoosh query means the same as a plan?

Only the safe subset of Whoosh's queries: never AndNot, Require or AndMaybe, which return wrong sets
in every version, and never its parser. The trees can be given to any Whoosh searcher.
"""

from whoosh import query
from whoosh.query import spans

from indexer import plan as p


class SynonymQuery(query.Or):  # type: ignore[misc]
    """An Or of terms of one field that is scored as one term. A stock Whoosh searcher finds the
    same documents and sums their scores instead."""

    def __init__(self, terms: list[query.Term], weights: list[float], boost: float) -> None:
        super().__init__(terms, boost=boost)
        self.weights = weights


def compile_plan(plan: p.Plan) -> query.Query:
    """The Whoosh query of a plan."""
    match plan:
        case p.Term(field, text, boost):
            # Whoosh's union of three parts or more passes over what scores 0.
            return query.Term(field, text, boost=boost or 1.0)
        case p.Synonyms(field, texts, boost):
            terms = [query.Term(field, text) for text, _ in texts]
            return SynonymQuery(terms, [weight for _, weight in texts], boost)
        case p.Sequence(field, texts, boost):
            return query.Phrase(field, list(texts), slop=1, boost=boost)
        case p.Near(field, left, right, distance, boost):
            near = spans.SpanNear2(
                [_any_term(field, left), _any_term(field, right)], slop=distance + 1, ordered=False
            )
            near.boost = boost
            return near
        case p.AllOf(parts):
            return query.And([compile_plan(part) for part in parts])
        case p.AnyOf(parts):
            return query.Or([compile_plan(part) for part in parts])
        case p.Without(part, excluded):
            return query.And([compile_plan(part), query.Not(compile_plan(excluded))])
        case p.Everything():
            return query.Every()
        case p.Nothing():
            return query.NullQuery


def _any_term(field: str, texts: tuple[str, ...]) -> query.Query:
    return query.Or([query.Term(field, text) for text in texts])
