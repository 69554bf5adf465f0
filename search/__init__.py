"""One box over one derived table of documents."""
