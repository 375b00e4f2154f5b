"""Readers of files from outside: text trees and records with an error list."""
