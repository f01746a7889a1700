import sys

print(f"hello from Python {sys.version_info.major}.{sys.version_info.minor}")
