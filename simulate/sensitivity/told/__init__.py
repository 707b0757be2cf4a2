"""What a sensitivity study says, in words, tables and pictures: in a terminal and on a page."""
