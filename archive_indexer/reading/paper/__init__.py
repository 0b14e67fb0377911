"""What lies on paper besides words: holes, folds, the shadow of a lid."""
