"""Published documents (.txt .docx .pdf) to outline to drafts. Pure Python, no Django."""
