"""Paper as PDF files, set by typst: the same data gives the same bytes on every machine."""
