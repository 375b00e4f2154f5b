"""The tab Toppnotater: the notes of a meeting, written beside the document they become."""
