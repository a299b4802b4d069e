"""From layers and files to the tables that the analysis works on."""
