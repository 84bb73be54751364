"""Pages for those who are signed in, about meetings: planning them, agendas, who came, what becomes of the minutes, and actions."""
