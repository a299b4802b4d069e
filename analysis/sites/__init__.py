"""Sites: how tanks form them, the ground they cover, and how they change."""
