"""Pages for those who are signed in, about meetings: planning them, their agendas, and who came."""
