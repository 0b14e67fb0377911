"""Pages of 汇编: the policies of a day, one chapter, one policy, the book."""
