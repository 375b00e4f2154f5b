"""The search box at the top of the window, and the list that opens below it."""
