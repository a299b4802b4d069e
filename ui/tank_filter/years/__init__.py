"""The years played, and handed over to QGIS's temporal controller."""
