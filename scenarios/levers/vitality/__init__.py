"""三(二) 激发创新创业活力: results transfer, talent, equity, events, first purchases."""
