#!/usr/bin/env python3
"""Makes the .npy files of this folder and ../../fuzz/corpus/npy with NumPy (1.24): tests/io/data/make.py"""
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
corpus = here.parent.parent / "fuzz" / "corpus" / "npy"
signed = np.array([[1, -2], [3, 4], [-100, 0]])
unsigned = np.array([[1, 2], [3, 4], [200, 0]])


def write(name, array, version=(1, 0), folder=here):
    with open(folder / name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


for kind in ["f2", "f4", "f8", "i2", "i4", "i8"]:
    for order, word in ("<", "little"), (">", "big"):
        write(f"{kind}_{word}.npy", signed.astype(order + kind))
for kind in ["u2", "u4", "u8"]:
    for order, word in ("<", "little"), (">", "big"):
        write(f"{kind}_{word}.npy", unsigned.astype(order + kind))
write("i1.npy", signed.astype("i1"))
write("u1.npy", unsigned.astype("u1"))
write("bool.npy", np.array([[1, 0], [1, 1], [0, 0]], dtype=bool))
write("fortran.npy", np.asfortranarray(signed.astype("<f8")))
write("version2.npy", signed.astype("<f4"), (2, 0))
write("version3.npy", signed.astype("<f4"), (3, 0))
for name, array in [("f4", signed.astype("<f4")), ("f8_fortran", np.asfortranarray(signed.astype(">f8"))),
                    ("u1", signed.clip(0).astype("u1")), ("i2_fortran", np.asfortranarray(signed.astype("<i2")))]:
    weights = np.array([[2], [0], [7]], dtype=array.dtype)
    joined = np.hstack([array, weights])
    write(f"weights_{name}.npy", np.asfortranarray(joined) if "fortran" in name else joined)
write("weights_nan.npy", np.array([[1, 2, np.nan]], dtype="<f4"))
write("fractions_f2.npy", np.array([[0.5, -0.25], [6e-8, 65504]], dtype="<f2"))

write("refused_complex.npy", signed.astype("<c8"))
write("refused_structured.npy", np.zeros(3, dtype=[("x", "<f4"), ("y", "<f4")]))
write("refused_text.npy", np.array([["a", "b"]]))
write("refused_long_double.npy", signed.astype("<f16"))
write("refused_one_dimension.npy", np.arange(6, dtype="<f4"))
write("refused_three_columns.npy", np.zeros((2, 3), dtype="<f4"))
write("refused_four_columns.npy", np.zeros((2, 4), dtype="<f4"))
write("refused_one_column.npy", np.zeros((2, 1), dtype="<f4"))
write("refused_empty.npy", np.zeros((0, 2), dtype="<f4"))
write("refused_scalar.npy", np.float32(1))
write("refused_nan.npy", np.array([[1, 2], [3, np.nan]], dtype="<f4"))
write("refused_too_large.npy", np.array([[1, 2], [3, 4], [1e300, 0]], dtype="<f8"))

write("f4", signed.astype("<f4"), folder=corpus)
write("f8_fortran_2", np.asfortranarray(signed.astype(">f8")), (2, 0), corpus)
write("u1_3", unsigned.astype("u1"), (3, 0), corpus)
write("f2_weights", np.array([[1, 2, 3]], dtype="<f2"), folder=corpus)
write("structured", np.zeros(1, dtype=[("x", "<f4")]), folder=corpus)
