"""What the bot itself remembers: pending updates, people, chats and what was answered."""
