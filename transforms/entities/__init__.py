"""Named entities in articles: whom and what mentions mean."""
