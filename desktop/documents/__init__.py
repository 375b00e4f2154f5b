"""Content, the text tree of whole documents, and the writers of docx and html."""
