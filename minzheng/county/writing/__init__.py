"""How dates, money, numbers and names are written in Chinese."""
