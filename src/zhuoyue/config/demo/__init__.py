"""A demonstration made by the same actions that people use, at the dates of the Shanghai 2021 cycle.

Every organisation and person in it is invented.
"""
