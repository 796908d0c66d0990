"""Words that somebody might type to make a program do more than show them; one list for every way out."""

# What a field takes, because a name may look like anything: it must come out as it was typed, and do nothing.
TYPED = {
    "a script": "<script>alert(1)</script>",
    "the end of an attribute": '"><img src=x onerror=alert(1)>',
    "the end of a quotation": "'-alert(1)-'",
    "a drawing that acts": "<svg/onload=alert(1)>",
    "an address that acts": "javascript:alert(1)",
    "the end of a style": "</style></title></textarea><marquee>",
    "characters that are written as names": "&lt;b&gt; &amp; &#39;",
    "a template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "a placeholder": "{atelier} {0} {__class__} %s %(name)s",
    "a formula": "=HYPERLINK(A1;B2)",
    "a command of a spreadsheet": "=cmd|' /C calc'!A0",
    "another formula": "+1+1",
    "a formula below nought": "-2+3",
    "a formula with a function": "@SUM(1;2)",
    "a formula in wide signs": "＝1+1",
    "separators": 'a;b,c\t"d"'.replace("\t", " "),
    "the end of a statement": "'; DROP TABLE staff; --",
    "a component of a calendar": "END:VEVENT\\nBEGIN:VEVENT",
    "a parameter of a calendar": 'X;TZID="Europe/Paris":Y\\;Z\\,',
    "markup of a paper": '#image("/etc/passwd") *gras* _i_ $x$ @ref <l> // c /* d */',
    "code of a paper": "#eval(read(sys.inputs.data)) \\ ] }",
    "a header": "Sujet: x Bcc: tous@example.org",
    "a way out of a folder": "../../etc/passwd",
    "a shell": "`id` $(id) | id; id && id",
    "XML": "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:'>]>&e;",
}
# What no field takes, because nobody can see it.
UNSEEN = {
    "a line of a header": "Diallo\r\nBcc: tous@example.org",
    "nothing": "a\x00b",
    "the other direction": "a\u202eb",
    "half a character": "a\ud800b",
    "a colour of a terminal": "\x1b[31ma",
    "a line that only some see": "a\u2028b",
    "a mark of the order of bytes": "a\ufeffb",
}
