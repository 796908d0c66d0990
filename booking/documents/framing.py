"""What stands around the text of a letter, on screen and on paper, by its language."""

AROUND = {
    "fr": {
        "code": "Votre code :",
        "aim": "Visez ce dessin avec un téléphone. Dites si vous venez, ou demandez une autre date.",
        "compulsory": "Convocation",
        "free": "Invitation",
    },
    "en": {
        "code": "Your code:",
        "aim": "Point a phone at this picture. Say if you come, or ask for another date.",
        "compulsory": "You have to come",
        "free": "Invitation",
    },
    "ar": {
        "code": "رمزكم:",
        "aim": "وجهوا الهاتف نحو هذه الصورة. أخبرونا إن كنتم ستحضرون، أو اطلبوا موعدا آخر.",
        "compulsory": "استدعاء",
        "free": "دعوة",
    },
}
