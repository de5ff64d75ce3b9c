"""Names in the scripts of Europe, made from syllables, with the places that they stand for."""

from dataclasses import dataclass
from random import Random

LATIN = ("Latn", ["ba", "de", "ka", "lo", "mi", "no", "ra", "sa", "te", "va", "ni", "ko", "la", "du", "re", "si", "ta", "vo", "li", "ne", "ma", "ro"],
         ["nix", "dra", "len", "tor", "mis", "vik", "dal", "ron", "tek", "sol", "gar", "lin", "bex", "mont", "fer"])  # fmt: skip
ACCENTED = ("Latn", ["bá", "dě", "ká", "ló", "mí", "ňo", "řa", "šé", "tě", "vá", "ní", "kő", "lå", "dú", "rę", "sí", "tä", "vö", "łi", "né", "må", "rø"],
            ["ník", "drá", "lén", "tör", "mış", "vík", "dål", "roń", "ték", "sól", "gár", "lín", "bež", "ßen", "fér", "đak"])  # fmt: skip
GREEK = ("Grek", ["βα", "δε", "κα", "λο", "μι", "νο", "ρα", "σα", "τε", "να", "πο", "κο", "λα", "δι", "ρε", "σι", "τα", "θα", "φι", "νε", "μα", "ρω"],
         ["νικ", "δρας", "λεν", "τορ", "μις", "θων", "δαλ", "ρον", "τεκ", "σολ", "γαρ", "λιν", "πολις"])  # fmt: skip
CYRILLIC = ("Cyrl", ["ба", "де", "ка", "ло", "ми", "но", "ра", "са", "те", "ва", "ни", "ко", "ла", "ду", "ре", "си", "та", "во", "ли", "не", "ма", "ро"],
            ["ник", "дра", "лен", "тор", "мис", "вик", "дал", "рон", "тех", "сол", "гар", "лин", "град", "жев", "щин"])  # fmt: skip


@dataclass(frozen=True)
class Land:
    """A country as the generator knows it: how often it comes, how its names sound, its towns."""

    code: str
    weight: int
    language: str
    sounds: tuple
    houses: tuple[str, ...]  # what an organisation is called: '{stem}' and '{town}' stand in it
    towns: tuple[str, ...]


GERMAN = ("Verband {stem} {town}", "Bundesverband {stem}", "{stem} Cluster {town}",
          "Digitalverein {stem} e.V.")  # fmt: skip
FRENCH = ("Fédération {stem}", "Pôle {stem} de {town}", "Chambre {stem} {town}",
          "Association {stem}")  # fmt: skip
ENGLISH = ("{stem} Digital SME Association", "{stem} Cluster {town}", "{stem} ICT Chamber",
           "{town} Innovation Hub {stem}")  # fmt: skip
SPANISH = ("Asociación {stem}", "Clúster {stem} de {town}", "Cámara {stem} {town}",
           "Federación {stem}")  # fmt: skip
ITALIAN = ("Associazione {stem}", "Distretto {stem} {town}", "Confederazione {stem}",
           "Polo digitale {stem}")  # fmt: skip
POLISH = ("Klaster {stem} {town}", "Izba {stem}", "Związek {stem}", "Stowarzyszenie {stem}")
HUNGARIAN = ("{stem} Szövetség", "{town} {stem} Klaszter", "{stem} Egyesület", "{stem} Kamara")
ROMANIAN = ("Asociația {stem}", "{stem} IT Cluster {town}", "Camera {stem} {town}")
GREEK_NAMES = ("Σύνδεσμος {stem}", "Ένωση {stem} {town}", "Επιμελητήριο {stem}", "{stem} {town}")
BULGARIAN = ("Асоциация {stem}", "Клъстер {stem} {town}", "Камара {stem}")
UKRAINIAN = ("Асоціація {stem}", "Кластер {stem} {town}", "Палата {stem}")
SERBIAN = ("Удружење {stem}", "Кластер {stem} {town}", "Комора {stem}")
NORDIC = ("{stem} Förbund", "{town} {stem} Kluster", "Föreningen {stem}", "{stem} Nätverk")
BALTIC = ("{stem} asociācija", "{town} {stem} klasteris", "{stem} savienība")

LANDS = (
    Land("DE", 220, "de", LATIN, GERMAN, ("Aachen", "Köln", "München", "Görlitz", "Berlin")),
    Land("FR", 160, "fr", LATIN, FRENCH, ("Paris", "Lyon", "Besançon", "Nîmes", "Orléans")),
    Land("IT", 140, "it", LATIN, ITALIAN, ("Roma", "Milano", "Forlì", "Torino", "Bari")),
    Land("ES", 120, "es", LATIN, SPANISH, ("Madrid", "Málaga", "León", "Cádiz", "Bilbao")),
    Land("PL", 90, "pl", ACCENTED, POLISH, ("Łódź", "Poznań", "Gdańsk", "Kraków", "Wrocław")),
    Land("RO", 70, "ro", LATIN, ROMANIAN, ("Cluj-Napoca", "Iași", "Timișoara", "București")),
    Land("UA", 60, "uk", CYRILLIC, UKRAINIAN, ("Київ", "Львів", "Харків", "Одеса")),
    Land("BE", 50, "fr", LATIN, FRENCH, ("Bruxelles", "Liège", "Namur", "Gent")),
    Land("GR", 45, "el", GREEK, GREEK_NAMES, ("Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Βόλος")),
    Land("HU", 40, "hu", ACCENTED, HUNGARIAN, ("Budapest", "Győr", "Pécs", "Debrecen")),
    Land("BG", 35, "bg", CYRILLIC, BULGARIAN, ("София", "Пловдив", "Варна", "Русе")),
    Land("SE", 30, "sv", ACCENTED, NORDIC, ("Malmö", "Göteborg", "Umeå", "Stockholm")),
    Land("RS", 25, "sr", CYRILLIC, SERBIAN, ("Београд", "Нови Сад", "Ниш")),
    Land("IE", 20, "en", LATIN, ENGLISH, ("Cork", "Dublin", "Galway")),
    Land("DK", 16, "da", ACCENTED, NORDIC, ("København", "Århus", "Odense")),
    Land("CZ", 14, "cs", ACCENTED, POLISH, ("Praha", "Brno", "Plzeň")),
    Land("LV", 10, "lv", ACCENTED, BALTIC, ("Rīga", "Liepāja")),
    Land("CY", 6, "el", GREEK, GREEK_NAMES, ("Λευκωσία", "Λεμεσός")),
    Land("MD", 5, "ro", LATIN, ROMANIAN, ("Chișinău", "Bălți")),
    Land("AT", 4, "de", LATIN, GERMAN, ("Wien", "Graz", "St. Pölten")),
    Land("IS", 2, "en", ACCENTED, ENGLISH, ("Reykjavík", "Akureyri")),
    Land("MT", 1, "en", LATIN, ENGLISH, ("Valletta", "Mosta")),
)
WEIGHTS = [land.weight for land in LANDS]

# As names of these scripts are printed in the Latin one.
LETTERS = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "",
    "ю": "yu", "я": "ya", "є": "ye", "і": "i", "ї": "yi", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "ђ": "dj", "џ": "dz",
})  # fmt: skip

SUBJECTS = ("cybersecurity", "skills", "standards", "artificial intelligence", "data spaces",
            "public procurement", "green transition", "cloud", "late payment", "funding")  # fmt: skip
VERBS = ("discuss", "welcome", "review", "present", "publish", "compare", "prepare", "support")
THINGS = ("a report on", "new rules for", "the first results of", "a common view of",
          "a call for", "guidance for small firms on", "a survey about")  # fmt: skip
GIVEN = ("Anna", "Łucja", "Søren", "Zoë", "Jürgen", "Ioana", "Ελένη", "Олена", "Márta", "Luc",
         "Giulia", "Íñigo", "Đorđe", "Ana-Maria", "Petra", "Νίκος", "Борис", "Åsa")  # fmt: skip
FUNCTIONS = ("Director", "President", "Secretary General", "Policy officer", "Board member",
             "Head of projects", "Chief executive")  # fmt: skip


def a_land(random: Random) -> Land:
    return random.choices(LANDS, WEIGHTS)[0]


def a_stem(random: Random, sounds: tuple) -> str:
    """Return a made-up name of two to four syllables: 'Kalotor'."""
    _script, syllables, ends = sounds
    begin = "".join(random.choices(syllables, k=random.choice((1, 2, 2, 3))))
    return (begin + random.choice(ends)).capitalize()


def a_sentence(random: Random, who: str) -> str:
    return (
        f"{who} and its partners {random.choice(VERBS)} {random.choice(THINGS)} "
        f"{random.choice(SUBJECTS)}."
    )


def a_misspelling(random: Random, name: str) -> str:
    """Return a name with two letters of it swapped, as the press prints it."""
    place = random.randrange(1, max(2, len(name) - 1))
    return name[: place - 1] + name[place : place + 1] + name[place - 1] + name[place + 1 :]
