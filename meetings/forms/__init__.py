"""What is typed about meetings, their agendas, who came, and what was given to whom to do."""
