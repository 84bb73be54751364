"""Pages about change requests, for those who are signed in; and the page of whoever answers by a link."""
