"""What programs put on the clipboard as HTML, written in their style, and what is to become of it."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>Overview</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>
<!-- p.MsoNormal {mso-style-parent:""; margin-bottom:8.0pt; font-family:"Aptos",sans-serif;} -->
</style></head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<!--StartFragment-->
<h1 style='margin-top:18.0pt;mso-outline-level:1'>A year of small steps<o:p></o:p></h1>
<p class=MsoNormal style='line-height:115%'><span lang=EN-US style='font-size:11.0pt;mso-ansi-language:EN-US'>Nine
organisations <b style='mso-bidi-font-weight:normal'>joined</b>, and <i>one</i> left.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Four
meetings<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>one in Split<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Two papers<o:p></o:p></p>
<p class=MsoNormal>Next year:<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Meet<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Write<o:p></o:p></p>
<!--EndFragment-->
</body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1b2c3d4e-7fff-aaaa">
<h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-family:Arial;font-weight:400;font-style:normal;">A year of small steps</span></h2>
<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;font-style:normal;">Nine organisations </span><span style="font-size:11pt;font-weight:700;font-style:normal;">joined</span><span style="font-size:11pt;font-weight:400;">, and </span><span style="font-weight:400;font-style:italic;">one</span><span style="font-weight:400;"> left.</span></p><br />
<ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Four meetings</span></p></li>
<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Two papers</span></p></li></ul></b><br class="Apple-interchange-newline">"""

MAIL = """<div dir="ltr" style="font-family:Calibri,sans-serif;font-size:12pt"><div>Dear Carla,</div><div><br></div>
<div>nine organisations <b>joined</b>, and <i>one</i> left.</div><div><br></div><div>See <a href="https://example.org/report" target="_blank" style="color:#0563c1" data-saferedirecturl="https://www.example.com/url?q=x">the report</a>.</div>
<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid"><div>What did you plan?</div></blockquote></div>"""

# What stands in the text after it: the same words, with nothing of the program.
WORD_CLEAN = (
    "<h2>A year of small steps</h2>",
    "<strong>joined</strong>, and <em>one</em> left.",
    "Four meetings",
    "one in Split",
    "Next year:",
    "<ol><li>",
)
GOOGLE_DOCS_CLEAN = (
    "<h2>A year of small steps</h2>",
    "<p>Nine organisations <strong>joined</strong>, and <em>one</em> left.</p>",
    "<ul><li>",
)
MAIL_CLEAN = (
    "<p>Dear Carla,</p>",
    "nine organisations <strong>joined</strong>, and <em>one</em> left.",
    '<a href="https://example.org/report">the report</a>',
    "<blockquote>",
)
SAMPLES = {
    "word": (WORD, WORD_CLEAN),
    "google docs": (GOOGLE_DOCS, GOOGLE_DOCS_CLEAN),
    "mail": (MAIL, MAIL_CLEAN),
}
LEFTOVERS = ("mso", "Mso", "style", "class", "o:p", "font", "·", "[if", "supportLists", "docs-",
             "safe", "target", "span", "\u00a0", "1.", "StartFragment", "<title", "Overview")  # fmt: skip
