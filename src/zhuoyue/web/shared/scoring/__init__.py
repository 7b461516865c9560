"""The score desk: a scoring model in words, the form of an item, the rail, saving; mounted by each face that judges."""
