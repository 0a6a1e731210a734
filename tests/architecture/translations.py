#!/usr/bin/env python3
"""Every visible string is translated into every language we ship, and no translation is stale.

Runs lupdate into copies of the .ts files, so that a string added to the code without a translation fails here, and so does one
that lost a placeholder on its way.
"""
import pathlib
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as xml

root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "translations"))
import update  # noqa: E402  (found beside the .ts files)


def placeholders(text):
    return sorted(set(re.findall(r"%L?\d|%n", text)))


def fault(message):
    """What is wrong with a message's translation, if anything."""
    translation = message.find("translation")
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    if translation.get("type") == "unfinished" or not all(forms):
        return "is not translated"
    if any(placeholders(form) != placeholders(message.findtext("source")) for form in forms):
        return "has other placeholders than its translation"
    return None


problems = 0
with tempfile.TemporaryDirectory() as folder:
    for language in update.LANGUAGES:
        source = root / "translations" / f"sluice_{language}.ts"
        copy = pathlib.Path(folder) / source.name
        shutil.copy(source, copy)
        update.update([copy])
        count = 0
        for context in xml.parse(copy).getroot().iter("context"):
            for message in context.iter("message"):
                count += 1
                wrong = fault(message)
                if wrong:
                    problems += 1
                    if problems <= 20:
                        print(f"{language}: {context.findtext('name')}: {message.findtext('source')!r} {wrong}")
        print(f"{language}: {count} strings")
        if count == 0:
            problems += 1
print(f"{problems} wrong")
sys.exit(1 if problems else 0)
