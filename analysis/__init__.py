"""The mathematics: tanks, time, sites, footprints, expansion and units. Knows tables and geometry, not QGIS."""
