"""三(四) 聚焦支持重点产业: industry system, key firms, functional zones, regional transfer."""
