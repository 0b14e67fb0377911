"""Text recognition: the engine, its models, lines and where they are cut."""
