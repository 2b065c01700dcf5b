"""Cuts Latin Modern Math down to what this book's formulas need.

    pip install fonttools brotli
    python book/theme/subset-math-font.py latinmodern-math.woff2 book/theme/fonts/math.woff2

The first file comes with the crate pulldown-latex, in its folder `font`. Add a character's code to
CHARACTERS if a formula shows a box. The MATH table and all sizes of stretchy delimiters are kept;
of the shapes for small scripts, the first of two levels.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

CHARACTERS = """
0020-007E,00A0,00A7,00AC,00B0,00B1,00B7,00D7,00F7,0131,0237,02C6,02C7,02D8-02DC,0300-0304,0307,
0308,030A,030C,0338,20D7,0391-03A9,03B1-03C9,03D1,03D5,03F5,2009,200B,2010-2016,2018-201D,
2020-2022,2026,2032-2034,203E,2044,2061-2064,2102,210E,2112,2113,2115,211A,211D,2124,2190-2195,
21A6,21D0-21D5,2200-2213,2216-221E,2220,2223-222E,2234,2235,223C,2243,2245,2248,2254,2260,2261,
2264,2265,226A,226B,2282-2287,2295-2299,22A4,22A5,22C0-22C6,22EE-22F1,2308-230B,23DC-23DF,
239B-23AE,25A1,27E8-27E9,27F5-27FA,2A7D,2A7E,1D400-1D467,1D49C-1D4B5,1D538-1D550,1D6A8-1D71B,1D736-1D755,
1D7CE-1D7D7
"""


def keep_one_script_level(font):
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for glyph, shapes in getattr(table, "alternates", {}).items():
                table.alternates[glyph] = shapes[:1]


def rename(font):
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            separator = "" if record.nameID == 6 else " "
            font["name"].setName(
                separator.join(["LM", "Math", "Subset"]),
                record.nameID, record.platformID, record.platEncID, record.langID,
            )


def main(source, target):
    font = TTFont(source)
    keep_one_script_level(font)
    options = subset.Options(
        layout_features=["ssty"], flavor="woff2", hinting=False, desubroutinize=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS.replace("\n", "")))
    subsetter.subset(font)
    rename(font)
    subset.save_font(font, target, options)


main(*sys.argv[1:])
