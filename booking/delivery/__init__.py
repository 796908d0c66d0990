"""What leaves the building: one protocol, and one module for each way out."""
