"""三(一) 全面优化创新创业环境: services, carriers, finance, intellectual property, credit."""
