"""Cabinets: what lies in a village's 民政专柜, its catalogues, its covers and labels."""
