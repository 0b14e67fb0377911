"""民政十五专档: the county, its accounts, its inspection, its inbox, its pages and commands."""
