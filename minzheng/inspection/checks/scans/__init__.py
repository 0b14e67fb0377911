"""What a scan says otherwise than the document whose code it bears."""
