"""Beyond the document: tools that are often proposed instead."""
