"""Mutation testing: which small mistakes would no test notice?"""
