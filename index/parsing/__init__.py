"""Documents are read in processes of their own: whatever a document does to its parser, the bot
goes on.
"""
