"""What turns the bytes of a file into the text of an article, one module a kind of file."""
