"""Cuts the book's fonts down to what it needs, and writes fonts/fonts.css for them.

    pip install fonttools brotli
    python book/theme/subset-fonts.py FOLDER

FOLDER holds the fonts as their makers give them away, all under the SIL Open Font License but the last:

    SourceSerif4-Regular.otf, -It, -Bold        npm: source-serif
    SourceSans3-Regular.otf, -Bold              npm: source-sans
    SourceCodePro-Regular.otf                   npm: source-code-pro
    NotoSerifCJK-Regular.ttc                    Debian: fonts-noto-cjk
    latinmodern-math.woff2                      crates.io: pulldown-latex, in its folder `font` (GUST Font License)

Of the Chinese font, only the characters that the book quotes are kept: run this again when it quotes others.
If a formula shows a box, add the character's code to MATH; of the shapes for small scripts, the first of two
levels is kept there, and all sizes of stretchy delimiters.
"""

import pathlib
import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent

TEXT = """
0020-007E,00A0-017F,0192,02C6,02C7,02D8-02DD,0300-0304,0308,0391-03C9,1D62-1D6A,2009,200A,2010-2015,2018-201E,
2020-2022,2026,202F,2030,2032,2033,2039,203A,2044,2070-209C,20AC,2122,2190-2193,2202,2206,2207,2208,220F,2211,2212,
2213,2215,2219,221A,221E,222B,2248,2260,2261,2264,2265,2299,25A0,25A1,25B2,25BC,25C6,25CB,25CF,2605,2713,2715,2717
"""

MATH = """
0020-007E,00A0,00A7,00AC,00B0,00B1,00B7,00D7,00F7,0131,0237,02C6,02C7,02D8-02DC,0300-0304,0307,
0308,030A,030C,0338,20D7,0391-03A9,03B1-03C9,03D1,03D5,03F5,2009,200B,2010-2016,2018-201D,
2020-2022,2026,2032-2034,203E,2044,2061-2064,2102,210E,2112,2113,2115,211A,211D,2124,2190-2195,
21A6,21D0-21D5,2200-2213,2216-221E,2220,2223-222E,2234,2235,223C,2243,2245,2248,2254,2260,2261,
2264,2265,226A,226B,2282-2287,2295-2299,22A4,22A5,22C0-22C6,22EE-22F1,2308-230B,23DC-23DF,
239B-23AE,25A1,27E8-27E9,27F5-27FA,2A7D,2A7E,1D400-1D467,1D49C-1D4B5,1D538-1D550,1D6A8-1D71B,1D736-1D755,
1D7CE-1D7D7
"""

# file: family, weight, style, the font to cut
FACES = {
    "serif": ("Serif Subset", 400, "normal", "SourceSerif4-Regular.otf"),
    "serif-italic": ("Serif Subset", 400, "italic", "SourceSerif4-It.otf"),
    "serif-bold": ("Serif Subset", 700, "normal", "SourceSerif4-Bold.otf"),
    "sans": ("Sans Subset", 400, "normal", "SourceSans3-Regular.otf"),
    "sans-bold": ("Sans Subset", 700, "normal", "SourceSans3-Bold.otf"),
    "code": ("Code Subset", 400, "normal", "SourceCodePro-Regular.otf"),
    "chinese": ("Chinese Subset", 400, "normal", "NotoSerifCJK-Regular.ttc"),
    "math": ("LM Math Subset", 400, "normal", "latinmodern-math.woff2"),
}


def chinese():
    """The Chinese characters and marks in pages, claims and terms."""
    book = HERE.parent
    files = [*book.glob("en/**/*.md"), *book.glob("*.toml")]
    characters = set("".join(file.read_text() for file in files))
    return sorted(ord(c) for c in characters if re.match("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", c))


def parsed(ranges):
    return subset.parse_unicodes(ranges.replace("\n", ""))


def keep_one_script_level(font):
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for glyph, shapes in getattr(table, "alternates", {}).items():
                table.alternates[glyph] = shapes[:1]


def rename(font, family):
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            name = family.replace(" ", "") if record.nameID == 6 else family
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)


def cut(source, target, family, characters, features):
    font = TTFont(source, fontNumber=2 if source.suffix == ".ttc" else -1)  # the third of Noto's is for Chinese
    if "ssty" in features:
        keep_one_script_level(font)
    options = subset.Options(layout_features=features, flavor="woff2", hinting=False, desubroutinize=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    rename(font, family)
    subset.save_font(font, target, options)


def main(folder):
    rules = ["/* Written by subset-fonts.py. */"]
    for name, (family, weight, style, source) in FACES.items():
        characters, features, limit = parsed(TEXT), ["kern", "liga", "tnum", "lnum", "locl", "mark", "mkmk"], ""
        if name == "math":
            characters, features = parsed(MATH), ["ssty"]
        if name == "chinese":
            characters, features = chinese(), []
            limit = "\n    unicode-range: " + ", ".join(f"U+{c:X}" for c in characters) + ";"
        if name == "code":
            features = []
        file = f"fonts/{name}.woff2"
        cut(pathlib.Path(folder) / source, HERE / file, family, characters, features)
        rules.append(
            f'@font-face {{\n    font-family: "{family}";\n    font-weight: {weight};\n    font-style: {style};\n'
            f"    src: url('{{{{ resource \"{file}\" }}}}') format(\"woff2\");\n    font-display: swap;{limit}\n}}"
        )
    (HERE / "fonts/fonts.css").write_text("\n\n".join(rules) + "\n")


main(*sys.argv[1:])
