#!/usr/bin/env python3
"""Runs one file of field cases: what people met with such programs, as rules that this one keeps."""
import sys

import field

if __name__ == "__main__":
    sys.exit(field.main())
