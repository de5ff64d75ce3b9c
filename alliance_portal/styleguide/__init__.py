"""/styleguide/: every component in every state, and every mail."""
