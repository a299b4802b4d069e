"""Docks and the controllers behind them."""
