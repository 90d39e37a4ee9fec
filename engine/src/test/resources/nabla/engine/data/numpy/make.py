"""Writes the files beside this one with NumPy, and what they hold: name, shape, bits of the doubles."""
import io
import pathlib
import numpy as np

here = pathlib.Path(__file__).parent
floats = [0.0, -0.0, 1.5, -2.25, 1 / 3, np.inf, -np.inf, np.nan, 65504.0, 6e-8, 1e-40, 5e-324]
arrays = {}
with np.errstate(all="ignore"):
    for kind in ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1"]:
        for order in "<>":
            if kind == "b1":
                values = np.array([True, False, False, True, True, False] * 2)
            elif kind[0] == "f":
                values = np.array(floats)
            else:
                info = np.iinfo(kind)
                values = np.array([info.min, info.max, 0, 1, info.max - 1, info.max // 3] * 2, kind)
            for layout in "CF":
                name = "%s-%s-%s" % (kind, "little" if order == "<" else "big", layout)
                arrays[name] = np.array(values.astype(order + kind).reshape(3, 4), order=layout)
for rank in range(6):
    shape = [2, 3, 4, 1, 2][:rank]
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape) / 7
    arrays["rank%d-C" % rank] = values
    arrays["rank%d-F" % rank] = np.asfortranarray(values) if rank else values
arrays["tall-F"] = np.asfortranarray(np.arange(33 * 65).reshape(33, 65).astype("u2"))
arrays["none"] = np.zeros((0, 3))

lines = []
for name, a in arrays.items():
    bits = np.asarray(a, order="C").astype("<f8", order="C").view("<u8") if a.size else a
    lines.append("%s %s %s\n" % (name, "x".join(map(str, a.shape)) or "-", ",".join("%x" % b for b in bits.ravel())))
(here / "expected.txt").write_text("".join(lines))
np.savez(here / "all.npz", **arrays)
np.savez_compressed(here / "compressed.npz", **{k: v for k, v in arrays.items() if k.startswith("rank")})
for version in (1, 2, 3):
    with open(here / ("version%d.npy" % version), "wb") as f:
        np.lib.format.write_array(f, arrays["rank2-C"], (version, 0))
refused = {
    "complex": np.array([1 + 2j]),
    "object": np.array([None, 1], dtype=object),
    "structured": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
    "text": np.array(["a", "bc"]),
    "bytes": np.array([b"a"]),
    "date": np.array(["2020-01-01"], dtype="M8[D]"),
    "extended": np.array([1.5], dtype=np.longdouble),
}
for name, a in refused.items():
    np.save(here / (name + ".npy"), a)
