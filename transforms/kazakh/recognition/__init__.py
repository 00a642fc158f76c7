"""Find named entities in Kazakh text: the 25 classes of KazNERD."""
