"""The rules of the design once more: slow, plain, one tank at a time, and without a line of ``leachwatch.analysis``.

The tests hold the fast code to it on random worlds. Where it is unclear what a rule says, this is the shorter text.
"""
