#!/usr/bin/python3
"""Makes the pictures beside it anew, each with all that a phone and its programs write into one: tests/data/pictures/make_pictures.py

Needs Debian's python3-pil, libimage-exiftool-perl, webp and libheif-examples; the tests themselves only read the files. The person, the
camera and the place (the summit of the Zugspitze) are made up.
"""
import pathlib
import subprocess
import tempfile

from PIL import Image, ImageCms

HERE = pathlib.Path(__file__).resolve().parent
PRIVATE = [
    "-EXIF:GPSLatitude=47.4211", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=10.9853", "-EXIF:GPSLongitudeRef=E", "-EXIF:GPSAltitude=2962", "-EXIF:GPSAltitudeRef=0",
    "-EXIF:GPSDateStamp=2026:05:04", "-EXIF:Make=Pictor", "-EXIF:Model=P-20", "-EXIF:SerialNumber=SN-4711-0815", "-EXIF:OwnerName=Ada Example", "-EXIF:Artist=Ada Example",
    "-EXIF:DateTimeOriginal=2026:05:04 12:13:14", "-EXIF:Software=Darkroom 7", "-EXIF:UserComment=on the summit", "-EXIF:ExposureTime=1/250",
    "-XMP-exif:GPSLatitude=47.4211", "-XMP-exif:GPSLongitude=10.9853", "-XMP-aux:SerialNumber=SN-4711-0815", "-XMP-dc:Creator=Ada Example", "-XMP-photoshop:City=Grainau",
]
IPTC = ["-IPTC:City=Grainau", "-IPTC:By-line=Ada Example", "-IPTC:DateCreated=2026:05:04", "-Comment=on the summit"]


def scene():
    """64 × 48 with no two alike corners, so that a turn would be seen."""
    picture = Image.new("RGB", (64, 48))
    picture.putdata([(4 * x, 5 * y, 255 if x < 16 and y < 12 else 90) for y in range(48) for x in range(64)])
    return picture


def exiftool(path, *changes):
    subprocess.run(["exiftool", "-q", "-n", "-overwrite_original", *changes, str(path)], check=True)


def main():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = scene()
    with tempfile.TemporaryDirectory() as folder:
        small = pathlib.Path(folder) / "small.jpg"
        picture.resize((16, 12)).save(small, quality=50)
        plain = pathlib.Path(folder) / "plain.png"
        picture.save(plain, icc_profile=profile)

        picture.save(HERE / "phone.jpg", quality=90, progressive=True, icc_profile=profile)
        exiftool(HERE / "phone.jpg", *PRIVATE, *IPTC, "-EXIF:Orientation=6", f"-ThumbnailImage<={small}")
        film = b"\0\0\0\x14ftypmp42\0\0\0\0mp42" + b"the film of a motion picture"
        (HERE / "motion.jpg").write_bytes((HERE / "phone.jpg").read_bytes() + film)

        picture.save(HERE / "phone.png", icc_profile=profile)
        exiftool(HERE / "phone.png", *PRIVATE, "-EXIF:Orientation=8", "-PNG:Comment=on the summit", "-PNG:ModifyDate=2026:05:04 12:13:14")

        subprocess.run(["cwebp", "-quiet", "-lossless", "-metadata", "icc", str(plain), "-o", str(HERE / "phone.webp")], check=True)
        exiftool(HERE / "phone.webp", *PRIVATE, "-EXIF:Orientation=3")

        for name, options in (("phone.heic", []), ("phone.avif", ["-A"])):
            subprocess.run(["heif-enc", *options, str(plain), "-o", str(HERE / name)], check=True, stdout=subprocess.DEVNULL)
            exiftool(HERE / name, *PRIVATE)

        picture.quantize(16).save(HERE / "comment.gif", comment=b"Ada Example, on the summit")
        picture.save(HERE / "scan.tiff", compression="tiff_lzw")
        exiftool(HERE / "scan.tiff", "-EXIF:Artist=Ada Example", "-EXIF:GPSLatitude=47.4211", "-EXIF:GPSLatitudeRef=N")
        picture.save(HERE / "plain.jpg", quality=90, icc_profile=profile)


if __name__ == "__main__":
    main()
