"""三(三) 增强自主创新能力: R&D, collaboration, standards and brands, global resources."""
