"""Six invented pilot agencies with their rooms, ten workshops of the trade, and who works there."""

from dataclasses import dataclass
from datetime import time

from booking.domain.hours import Span
from booking.domain.staff import Role
from booking.domain.workshops import Audience, Colour, Level, Skill


@dataclass(frozen=True, slots=True)
class AgencyPlan:
    """An agency, its rooms (name, seats, workstations), and where on Earth it stands."""

    name: str
    department: str
    address: str
    postcode: str
    commune: str
    insee: str
    latitude: float
    longitude: float
    rooms: tuple[tuple[str, int, int], ...]
    directions: str = ""
    offers: bool = False


# Every room opens from Monday to Friday, and rests at noon.
OPENING_HOURS = tuple(
    Span(day, opens, closes)
    for day in range(5)
    for opens, closes in ((time(8, 30), time(12, 30)), (time(13, 30), time(17, 30)))
)

AGENCIES = (
    AgencyPlan(
        "Grenoble Bastille", "38", "112 rue des Alliés", "38100", "Grenoble", "38185", 45.1702, 5.7119,
        (("Salle Vercors", 14, 12), ("Salle Chartreuse", 10, 8)),
        "Tram A, arrêt Alliés. L’entrée est dans la cour, porte bleue. Ascenseur jusqu’au 1er étage.",
    ),
    AgencyPlan(
        "Grenoble Belledonne", "38", "48 avenue de la Chimie", "38000", "Grenoble", "38185", 45.1893, 5.7401,
        (("Salle Taillefer", 12, 10), ("Espace numérique", 8, 8)),
        "Bus C1, arrêt Chimie. L’entrée est en face de la boulangerie.",
    ),
    AgencyPlan(
        "Lyon Confluence", "69", "127 quai des Mariniers", "69002", "Lyon", "69382", 45.7407, 4.8187,
        (("Salle Saône", 12, 12), ("Salle Rhône", 10, 8)),
        "Tram T1, arrêt Mariniers. Demandez votre chemin à l’accueil.", offers=True,
    ),
    AgencyPlan(
        "Lyon Croix-Rousse", "69", "96 montée des Tisseurs", "69004", "Lyon", "69384", 45.7765, 4.8290,
        (("Salle des Canuts", 10, 8),),
    ),
    AgencyPlan(
        "Lyon Gerland", "69", "210 avenue des Savants", "69007", "Lyon", "69387", 45.7289, 4.8332,
        (("Salle Pasteur", 12, 10), ("Salle Ampère", 9, 6)),
    ),
    AgencyPlan(
        "Lyon Montplaisir", "69", "77 rue des Cinéastes", "69008", "Lyon", "69388", 45.7435, 4.8718,
        (("Salle Lumière", 12, 10),),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkshopPlan:
    """A workshop and how it is usually held: how many meetings of how many minutes."""

    title: str
    short_title: str
    level: Level
    theme: str
    objectives: str
    meetings: int = 1
    minutes: int = 120
    capacity: int = 8
    to_bring: str = ""
    is_compulsory: bool = False
    audience: Audience = Audience.JOB_SEEKERS
    required_for: tuple[Role, ...] = ()
    validity_months: int | None = None
    colour: Colour = Colour.BLUE
    code: str = ""
    skills: tuple[Skill, ...] = ()
    after: tuple[str, ...] = ()
    cutoff_hours: int = 0
    join_until: int = 1
    frees_when_absent: bool = False


# Who works there helps in these languages, by the number of the agency.
LANGUAGES: dict[int, tuple[str, ...]] = {0: ("ar", "tr"), 2: ("en", "ar"), 4: ("uk", "ru")}

_B, _I, _A = Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED
WORKSHOPS = (
    WorkshopPlan(
        "Premiers pas avec l’ordinateur", "Premiers pas", _B, "Prise en main",
        "Allumer, éteindre, utiliser la souris et le clavier, ouvrir un document.", meetings=6, capacity=10,
        colour=Colour.BLUE, code="NUM-01", join_until=2, frees_when_absent=True,
    ),
    WorkshopPlan(
        "Souris et clavier", "Souris/clavier", _B, "Prise en main", "S’exercer à son rythme.",
        capacity=8,
        colour=Colour.TEAL, code="NUM-01",
    ),
    WorkshopPlan(
        "Internet et e-mail", "Internet, mail", _B, "Internet",
        "Chercher une information, créer une adresse, envoyer une pièce jointe.", capacity=8,
        to_bring="votre téléphone, si vous en avez un",
        colour=Colour.GREEN, code="NUM-02",
        skills=(Skill.READS_FRENCH,), after=("Premiers pas",),
    ),
    WorkshopPlan(
        "Mon espace personnel en ligne", "Espace perso", _B, "Démarches",
        "Se connecter à son espace, s’actualiser, envoyer un document.", capacity=10,
        to_bring="votre identifiant et votre mot de passe", is_compulsory=True,
        colour=Colour.OCHRE, code="DEM-01",
        skills=(Skill.READS_FRENCH, Skill.HAS_EMAIL),
    ),
    WorkshopPlan(
        "Mon smartphone au quotidien", "Smartphone", _B, "Téléphone", "Régler son téléphone, choisir une application.",
        capacity=6, to_bring="votre téléphone et son chargeur",
        colour=Colour.ORANGE, code="TEL-01",
        skills=(Skill.HAS_SMARTPHONE,),
    ),
    WorkshopPlan(
        "Écrire son CV sur l’ordinateur", "CV", _I, "Recherche d’emploi", "Mettre en page son CV et l’enregistrer.",
        minutes=180, capacity=8, to_bring="votre ancien CV, si vous en avez un",
        colour=Colour.RED, code="EMP-01", cutoff_hours=24,
        skills=(Skill.WRITES_FRENCH, Skill.USES_KEYBOARD), after=("Premiers pas",),
    ),
    WorkshopPlan(
        "Chercher un emploi en ligne", "Offres web", _I, "Recherche d’emploi", "Trouver des offres et y répondre.",
        minutes=150, capacity=10,
        colour=Colour.PURPLE, code="EMP-02",
        after=("Internet, mail",),
    ),
    WorkshopPlan(
        "Protéger ses données et ses comptes", "Sécurité", _I, "Sécurité", "Choisir un mot de passe, voir une arnaque.",
        capacity=10,
        colour=Colour.TEAL, code="SEC-01",
        skills=(Skill.HAS_EMAIL,),
    ),
    WorkshopPlan(
        "Traitement de texte : aller plus loin", "Texte avancé", _A, "Bureautique", "Styles, tableaux, envoi en PDF.",
        minutes=180, capacity=8,
        colour=Colour.RED, code="BUR-02",
        skills=(Skill.USES_KEYBOARD,), after=("CV",),
    ),
    WorkshopPlan(
        "Reconnaître l’exclusion numérique", "Repérage", _B, "Sensibilisation",
        "Repérer une personne en difficulté et savoir vers qui l’orienter.", minutes=180, capacity=12,
        audience=Audience.STAFF, required_for=(Role.ADVISER, Role.ASSISTANT), validity_months=24,
        colour=Colour.GREY, code="AGT-01",
    ),
)  # fmt: skip

# Name, sign-in, role, and the numbers of the agencies (None is the whole network); the first of each role is shown.
STAFF: tuple[tuple[str, str, Role, tuple[int | None, ...]], ...] = (
    ("Nadia Ferrand", "nadia", Role.ADVISER, (0,)),
    ("Karim Benali", "karim", Role.FACILITATOR, (0, 1)),
    ("Marion Roche", "marion", Role.MANAGER, (0, 1)),
    ("Agnès Vasseur", "agnes", Role.ADMINISTRATOR, (None,)),
    ("Théo Lacroix", "theo", Role.ASSISTANT, (0,)),
    ("Paul Morin", "paul", Role.ADVISER, (1,)),
    ("Inès Haddad", "ines", Role.ADVISER, (2, 3)),
    ("Bruno Clerc", "bruno", Role.ADVISER, (4, 5)),
    ("Sylvie Dumas", "sylvie", Role.FACILITATOR, (2, 3)),
    ("Omar Saïdi", "omar", Role.FACILITATOR, (4, 5)),
    ("Lucie Perret", "lucie", Role.MANAGER, (2, 3, 4, 5)),
)
