"""What is fetched from servers, and only when the user asks for it."""
