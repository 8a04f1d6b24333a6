"""The builder: a plan document → outline → terms, measures, figures, lists → draft entries for staff to approve."""
