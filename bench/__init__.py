"""How fast the portal is, beside the least that could be done in its place: what `./portal bench` runs."""
