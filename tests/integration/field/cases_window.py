"""The window as a process, where its data cannot be opened."""
import os
import pathlib

from field import rule


def bad_folder(field, how):
    folder = pathlib.Path(field.path("window-" + how))
    if how == "file":
        folder.write_text("no folder")
    elif how == "damaged":
        folder.mkdir()
        (folder / "sluice.sqlite").write_bytes(b"SQLite format 3\0" + os.urandom(8192))
    elif how == "foreign":
        import sqlite3
        folder.mkdir()
        database = sqlite3.connect(folder / "sluice.sqlite")
        database.execute("CREATE TABLE other(a)")
        database.commit()
        database.close()
    else:
        (folder / "sluice.sqlite").mkdir(parents=True)
    return folder


@rule("a window whose data cannot be opened says so and stays, with what to do", "file", "damaged", "foreign", "folder")
def stays(field, how):
    folder = bad_folder(field, how)
    before = (folder / "sluice.sqlite").read_bytes() if how in ("damaged", "foreign") else b""
    # A run without a person paints the window and ends.
    tour = field.path("tour-" + how)
    result = field.run("--tour", tour, program=str(field.bin / "sluice"), env={"SLUICE_DATA_DIR": str(folder)})
    assert result.code == 1 and str(folder) in result.err, result
    picture = pathlib.Path(tour, "start-problem.png").read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 5000
    # With a person it waits for what they decide.
    errors = open(field.path("window.err"), "wb")
    process = field.start(program=str(field.bin / "sluice"), env={"SLUICE_DATA_DIR": str(folder)}, stderr=errors)
    field.wait(lambda: str(folder) in pathlib.Path(field.path("window.err")).read_text(), "no word of the problem")
    assert process.poll() is None, "it ended instead of asking"
    process.terminate()
    process.wait(10)
    if before:
        assert (folder / "sluice.sqlite").read_bytes() == before, "the file was changed"
