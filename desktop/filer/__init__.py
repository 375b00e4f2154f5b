"""Files from and to the outside: packages are checked, and written whole or not at all."""
