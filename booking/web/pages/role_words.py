"""How roles are called, and what each may do."""

from booking.domain.staff import Role

ROLES = {
    Role.ADVISER: "Conseil",
    Role.FACILITATOR: "Animation",
    Role.ASSISTANT: "Assistance (service civique)",
    Role.MANAGER: "Responsable",
    Role.ADMINISTRATOR: "Administration du réseau",
    Role.AUDITOR: "Audit (lecture seule)",
}
HINTS = {
    Role.ADVISER: "voit les personnes, les inscrit et les contacte",
    Role.FACILITATOR: "note les présences",
    Role.ASSISTANT: "aide pendant les séances et note les présences, jusqu’à une date de fin",
    Role.MANAGER: "planifie, inscrit, et donne les rôles de son agence",
    Role.ADMINISTRATOR: "règle tout, dans toutes les agences",
    Role.AUDITOR: "lit le journal et les chiffres, sans les coordonnées des personnes",
}
