"""Which tanks a person wants to see: one question, said as a condition for any data provider and as an array."""
