"""Makes the pictures of OrientationTest: one JPEG file for each EXIF orientation, and how OpenCV
shows it (cv2.imread turns pictures by their EXIF data).

Usage, in this folder: /usr/bin/python3 make_orientation_golden.py   (OpenCV 4.6)
"""
import struct

import cv2
import numpy

FOLDER = ""

# 24x16 with another gray in each corner, in blocks of 8 so that JPEG keeps them nearly exact.
stored = numpy.zeros((16, 24), numpy.uint8)
stored[:8, :8], stored[:8, 8:16], stored[:8, 16:] = 20, 120, 220
stored[8:, :8], stored[8:, 8:16], stored[8:, 16:] = 70, 170, 250
jpeg = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
for orientation in range(1, 9):
    order = "<" if orientation % 2 else ">"  # both byte orders
    tiff = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    tiff += struct.pack(order + "HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    app1 = b"Exif\0\0" + tiff
    name = FOLDER + "%d" % orientation
    with open(name + ".jpg", "wb") as file:
        file.write(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + jpeg[2:])
    cv2.imwrite(name + ".png", cv2.imread(name + ".jpg", cv2.IMREAD_GRAYSCALE))
