"""四 保障措施: coordination, evaluation, outreach."""
