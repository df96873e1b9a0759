#!/usr/bin/env python3
"""Makes the files of pictures/ and of ../../fuzz/corpus/png and jpeg with ImageMagick's convert (6.9), and the levels
that they stand for with NumPy: tests/io/data/make_pictures.py"""
import pathlib
import shutil
import struct
import subprocess

import numpy as np

here = pathlib.Path(__file__).parent / "pictures"
fuzz = here.parent.parent.parent / "fuzz" / "corpus"
WIDTH, HEIGHT = 40, 30
INK = ["-draw", "rectangle 4,4 15,9", "-draw", "circle 28,19 28,13"]
NO_CHUNKS = ["bkgd", "chrm", "date", "exif", "gama", "iccp", "srgb", "text", "time"]  # but the transparent colours


def convert(*arguments, out):
    """Without dates and names of programs, so that the files are the same every time."""
    subprocess.run(["convert", *map(str, arguments), "-strip", "-define", f"png:exclude-chunks={','.join(NO_CHUNKS)}",
                    out], check=True)


def raw_grey(path, *arguments):
    out = subprocess.run(["convert", path, *arguments, "-depth", "8", "gray:-"], check=True, capture_output=True).stdout
    return np.frombuffer(out, np.uint8).reshape(HEIGHT, WIDTH)


def averaged(levels, columns, rows):
    """Mean over square cells, by blowing every pixel up until cells are whole numbers of parts."""
    parts = np.kron(levels, np.ones((rows, columns)))
    return parts.reshape(rows, HEIGHT, columns, WIDTH).mean(axis=(1, 3))


def save_levels(name, levels):
    """As rows of two numbers, which is what the program reads; the bottom row first."""
    np.save(here / name, np.flipud(levels / levels.max()).astype("<f4").reshape(-1, 2))


def with_orientation(path, orientation, order):
    """Puts an Exif segment that says nothing else behind a JPEG's first marker. order: "<" or ">"."""
    tiff = {"<": b"II", ">": b"MM"}[order] + struct.pack(order + "HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    segment = b"Exif\0\0" + tiff
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:])


def pictures_on_paper():
    base = here / "grey.png"
    convert("-size", f"{WIDTH}x{HEIGHT}", "xc:white", "-fill", "black", *INK, "-colorspace", "Gray", "-depth", 8,
            out=base)
    levels = 1 - raw_grey(base) / 255
    save_levels("levels_40x30.npy", levels)
    save_levels("levels_16x12.npy", averaged(levels, 16, 12))

    # as strong everywhere, in another colour
    blue = ["-colorspace", "sRGB", "+level-colors", "#204080,white", "-type", "TrueColor"]
    convert(base, "-negate", out=here / "negative.png")
    convert(base, *blue, "-interlace", "PNG", "-define", "png:color-type=2", out=here / "colour_interlaced.png")
    convert(base, "-define", "png:color-type=3", out=here / "palette.png")
    convert(base, "-depth", 16, "-define", "png:bit-depth=16", out=here / "sixteen_bits.png")
    convert(base, "-monochrome", "-define", "png:bit-depth=1", out=here / "one_bit.png")
    save_levels("levels_one_bit.npy", raw_grey(here / "one_bit.png") < 128)

    convert(base, "-quality", 95, out=here / "grey.jpg")
    convert(base, "-negate", "-quality", 95, out=here / "negative.jpg")
    convert(base, *blue, "-quality", 95, "-sampling-factor", "2x2", out=here / "colour.jpg")
    convert(base, *blue, "-quality", 95, "-sampling-factor", "1x1", "-interlace", "JPEG", out=here / "progressive.jpg")
    convert(base, *blue, "-colorspace", "CMYK", "-quality", 95, out=here / "cmyk.jpg")

    stored = {1: [], 2: ["-flop"], 3: ["-rotate", 180], 4: ["-flip"], 5: ["-transpose"], 6: ["-rotate", 270],
              7: ["-transverse"], 8: ["-rotate", 90]}
    for orientation, turn in stored.items():
        path = here / f"orientation_{orientation}.jpg"
        convert(base, *turn, "-quality", 95, out=path)
        with_orientation(path, orientation, "<>"[orientation % 2])


def shapes_on_transparency():
    for ink in ("black", "white"):
        convert("-size", f"{WIDTH}x{HEIGHT}", "xc:none", "-fill", ink, *INK, out=here / f"{ink}_shape.png")
    convert(here / "black_shape.png", "-channel", "A", "-threshold", "50%", "+channel",
            out=f"PNG8:{here / 'palette_shape.png'}")
    alpha = raw_grey(here / "black_shape.png", "-alpha", "extract") / 255
    save_levels("levels_shape.npy", alpha)
    save_levels("levels_palette_shape.npy", alpha > 0.5)


def seeds():
    for kind, extension in ("png", "png"), ("jpeg", "jpg"):
        (fuzz / kind).mkdir(exist_ok=True)
        for path in here.glob(f"*.{extension}"):
            if not path.stem.startswith("orientation_") or path.stem[-1] in "67":
                shutil.copy(path, fuzz / kind / path.stem)


here.mkdir(exist_ok=True)
pictures_on_paper()
shapes_on_transparency()
seeds()
