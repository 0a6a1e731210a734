#!/usr/bin/env python3
"""What Python's str.format makes of many contents; writes tests/data/llmworker/format_cases.json. Made with Python 3.11."""
import json
import pathlib
import random

VALUES = {"query": "Qü😀", "previous_stream_output": "a{b}c'd\"\n", "files_collection_id": None, "rag_output": None,
          "history": [{"role": "user", "content": "h'x"}, {"role": "assistant", "content": "{query}\u200b\t"}]}
BY_HAND = ["", "plain", "{query}", "x{query}y{query}", "{{query}}", "{{{query}}}", "{ query }", "{query!r}", "{query:>7}", "{query!r:>9}", "{}", "{0}", "{5}",
           "{query", "{query!}", "{query!x}", "{query!rr}", "{query!}x", "{query!:}", "a{", "}b", "{", "}", "}}", "{{", "{foo}", "{it's}", "{a\"b}", "{\"a\": 1}",
           "{history}", "{history[0][content]}", "{history[1][content]}", "{history[9]}", "{history[a]}", "{history[0][x]}", "{history[0][0]}", "{history[0]}",
           "{history!s}", "{history!r}", "{history!a}", "{history:>3}", "{history[0]:>3}", "{rag_output}", "{rag_output:5}", "{rag_output[0]}", "{rag_output!s:5}",
           "{files_collection_id}", "{previous_stream_output}", "{previous_stream_output!r}", "{previous_stream_output!a}", "{query!a}", "{query[0]}", "{query[2]}",
           "{query[9]}", "{query[a]}", "{query[]}", "{query[}", "{query[0]x}", "{query[0", "{query.nosuch}", "{query.}", "{.x}", "{[0]}", "{query:05}", "{query:0<5}",
           "{query:x<}", "{query:+}", "{query: }", "{query:-}", "{query:#}", "{query:z}", "{query:zz}", "{query:=5}", "{query:,}", "{query:_}", "{query:,_}", "{query:,,}",
           "{query:,d}", "{query:.}", "{query:.2}", "{query:.2s}", "{query:<<}", "{query:^8}", "{query:😀^8}", "{query:ab}", "{query:d}", "{query:5ü}", "{query:{query}}",
           "{query:{history}}", "{query:>{files_collection_id}}", "{query:{query:{query}}}", "{query:{nosuch}}", "{99999999999999999999}", "{query:99999999999999999999}",
           "{query!\u0001}", "{que{ry}", "{query:{}", "{query:}}", "{query:{{}}}", "{\n}", "{ü}", "{\u200b}", "{a\\b}"]
PIECES = ["{", "}", "query", "history", "rag_output", "[0]", "[content]", "[", "]", ".", "!", "r", "s", ":", ">", "5", "x", "{{", "}}", " ", "0", "ü", "'", "{query}"]


def case(content):
    try:
        return {"content": content, "result": content.format(**VALUES)}
    except KeyError as error:
        return {"content": content, "error": str(error)}
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        return {"content": content, "error": str(error)}


def main():
    chance = random.Random(8163)
    contents = list(BY_HAND)
    while len(contents) < 1200:
        content = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 9)))
        # Attributes of Python's objects are nobody's here.
        if ".r" not in content and content not in contents:
            contents.append(content)
    target = pathlib.Path(__file__).resolve().parents[2] / "data" / "llmworker" / "format_cases.json"
    lines = ",\n".join(json.dumps(case(content), ensure_ascii=True) for content in contents)
    target.write_text('{"values": ' + json.dumps(VALUES) + ',\n"cases": [\n' + lines + "\n]}\n")


main()
