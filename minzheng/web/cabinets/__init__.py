"""Pages of 专柜: all cabinets, one village's, its catalogues, covers and labels."""
