"""What a person sees of a run: sentences, pictures and one page. Nothing here changes a figure."""
