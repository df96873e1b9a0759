#!/usr/bin/env python3
"""Makes numbers.txt, decimal numbers beside what Python's float() makes of them: tests/io/data/make_numbers.py"""
import pathlib
import random
import struct

random.seed(5)
texts = ["0", "-0", "1", "+1", "1.", ".5", "-.5e-3", "1E5", "1e+05", "007", "9007199254740993", "0.1", "1e23", "8.5e22",
         "1.7976931348623157e308", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.2250738585072011e-308",
         "123456789012345678901234567890", "0.1000000000000000055511151231257827021181583404541015625",
         "1.00000000000000011102230246251565404236316680908203126", "1e999", "-1e999", "nan", "NaN", "inf", "-Infinity"]
for _ in range(500):
    texts.append(repr(struct.unpack("<d", random.randbytes(8))[0]))
    texts.append(f"{random.gauss(0, 1):.{random.randrange(1, 25)}f}")
    texts.append(f"{random.randrange(10 ** random.randrange(1, 30))}e{random.randrange(-340, 300)}")
with open(pathlib.Path(__file__).parent / "numbers.txt", "w") as file:
    for text in texts:
        file.write(f"{text} {float(text).hex()}\n")
