"""Tools that make the models that the package ships."""
