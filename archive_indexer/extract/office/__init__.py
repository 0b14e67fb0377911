"""The parts of office documents: stories, drawings, sheets, slides, pictures."""
