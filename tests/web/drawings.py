"""Pictures as cameras and programs write them, with what they say of themselves."""

import io

from PIL import Image as Drawing
from PIL.PngImagePlugin import PngInfo


def drawn(kind, size=(1600, 800), **about):
    file = io.BytesIO()
    Drawing.effect_noise(size, 60).convert("RGB").save(file, kind, **about)
    return file.getvalue()


def exif():
    made = Drawing.Exif()
    made[0x010E], made[0x0112] = "at my house", 6  # a description, and that the camera was held upright
    return made


def moving():
    file, frames = io.BytesIO(), [Drawing.new("RGB", (1600, 80), colour) for colour in ("red", "green", "blue")]
    times = {"duration": [100, 200, 300], "loop": 0, "comment": b"at my house"}
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], **times)
    return file.getvalue()


def noted():
    made = PngInfo()
    made.add_text("Comment", "at my house")
    return made
