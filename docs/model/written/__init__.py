"""What the pages of docs/model/baerum are made of: one module a page, and the words and tables that they share."""
